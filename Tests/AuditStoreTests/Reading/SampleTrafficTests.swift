import AuditEvents
import AuditSamples
import CertCore
import Testing

@Suite("Sample traffic")
struct SampleTrafficTests {
    private func traffic(seed: UInt64) -> SampleTraffic {
        let start = Timestamp(milliseconds: 1_795_438_800_000)
        return SampleTraffic(
            seed: seed,
            events: 3000,
            certificates: 50,
            rejectedShare: 0.1,
            start: start,
            span: 3_600_000
        )
    }

    private func lines(_ traffic: SampleTraffic) -> [[UInt8]] {
        var lines: [[UInt8]] = []
        traffic.lines { lines.append(copy $0) }
        return lines
    }

    @Test("The same seed gives the same lines, another seed others")
    func seeds() {
        #expect(lines(traffic(seed: 1)) == lines(traffic(seed: 1)))
        #expect(lines(traffic(seed: 1)) != lines(traffic(seed: 2)))
    }

    @Test("Every line is an event; rejections and clients are distributed as asked")
    func distribution() throws {
        let events = try lines(traffic(seed: 3)).map { try AuditEvent(line: $0) }
        #expect(events.count == 3000)
        let rejected = events.count { $0.outcome == .rejected }
        #expect((200...400).contains(rejected))
        let uses = Dictionary(grouping: events) { $0.certificate?.commonName ?? "" }.mapValues(\.count)
        #expect(uses.count <= 51)
        #expect((uses.values.max() ?? 0) > 400, "the first client has the largest share")
    }

    @Test("Narrow rows have eight integers each and rising ids")
    func narrow() {
        var ids: [Int] = []
        traffic(seed: 4).narrowRows { row in
            let fields = String(decoding: copy row, as: UTF8.self).dropLast().split(separator: ",")
            #expect(fields.count == 8)
            ids.append(Int(fields[0]) ?? 0)
        }
        #expect(ids == Array(1...3000))
    }
}
