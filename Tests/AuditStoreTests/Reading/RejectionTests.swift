import AuditEvents
import AuditStore
import CertCore
import Testing

@Suite("Rejections")
struct RejectionTests {
    private let sample: SampleDatabase

    init() throws {
        sample = try SampleDatabase.small.get()
    }

    @Test("Groups, trends and the period before are those of a recount", arguments: ["", "service:billing"])
    func histogram(_ text: String) throws {
        let filter = try AuditFilter(parsing: text, now: sample.end)
        // 32 hours on the minute, so that each trend slot is two whole hours.
        let until = Timestamp(milliseconds: (sample.end.milliseconds / 3_600_000) * 3_600_000)
        let since = until.advanced(byMilliseconds: -32 * 3_600_000)
        let before = since.advanced(byMilliseconds: -32 * 3_600_000)
        let found = try sample.reader.rejections(since: since, until: until, filter: filter, now: sample.end)
        let rows = rejected(since, until, text)
        let previous = rejected(before, since, text)
        #expect(found.total == Int64(rows.count) && !rows.isEmpty)
        #expect(found.previousTotal == Int64(previous.count))
        #expect(found.subjects == Set(rows.compactMap(\.certificate?.id)).count)
        #expect(found.addresses == Set(rows.compactMap(\.ip)).count)
        #expect(!found.countsAreLowerBounds)
        let groups = Dictionary(grouping: rows, by: Self.key)
        #expect(Set(found.groups.map(\.key)) == Set(groups.keys))
        #expect(found.groups.map(\.count) == found.groups.map(\.count).sorted(by: >))
        for group in found.groups {
            let members = try #require(groups[group.key])
            #expect(group.count == Int64(members.count))
            #expect(group.previousCount == Int64(previous.count { Self.key($0) == group.key }))
            #expect(group.last == members.max { $0.id < $1.id }?.time)
            let slots = (0..<16).map { slot in members.count { ($0.time - since) / 7_200_000 == Int64(slot) } }
            #expect(group.trend == slots)
        }
    }

    private func rejected(_ since: Timestamp, _ until: Timestamp, _ filter: String) -> [EventRow] {
        sample.rows(since: since, until: until).filter { row in
            row.outcome == .rejected && (filter.isEmpty || row.service == "billing")
        }
    }

    private static func key(_ row: EventRow) -> RejectionTrait {
        .reason(RejectionGroupKey(rejectionClass: row.rejectionClass ?? .other, reason: row.reason))
    }

    @Test("Other groups than reasons are those of a recount", arguments: RejectionGrouping.allCases)
    func groupings(_ grouping: RejectionGrouping) throws {
        let until = sample.end
        let since = until.advanced(byMilliseconds: -32 * 3_600_000)
        let found = try sample.reader.rejections(by: grouping, since: since, until: until, now: until)
        let rows = rejected(since, until, "")
        let groups = Dictionary(grouping: rows) { Self.key($0, grouping) }
        #expect(found.total == Int64(rows.count))
        #expect(Set(found.groups.map(\.key)) == Set(groups.keys) && groups.count > 1)
        for group in found.groups {
            let members = try #require(groups[group.key])
            #expect(group.count == Int64(members.count) && group.trend.reduce(0, +) == members.count)
            #expect(group.last == members.max { $0.id < $1.id }?.time)
            #expect(!group.title.isEmpty)
        }
    }

    private static func key(_ row: EventRow, _ grouping: RejectionGrouping) -> RejectionTrait {
        switch grouping {
        case .reason: key(row)
        case .subject: .value(grouping, row.certificate?.commonName)
        case .ip: .value(grouping, row.ip)
        case .service: .value(grouping, row.service)
        case .issuer: .value(grouping, row.certificate?.issuer)
        }
    }

    @Test("Thrown messages group by their template, other classes without a reason")
    func keys() {
        let one = RejectionGroupKey(rejectionClass: .policy, reason: "tenant 42 is suspended")
        let two = RejectionGroupKey(rejectionClass: .policy, reason: "tenant 4711 is suspended")
        #expect(one == two)
        #expect(one.reason == "tenant … is suspended")
        #expect(RejectionGroupKey(rejectionClass: .expired, reason: "x").reason == nil)
        let quoted = RejectionGroupKey(rejectionClass: .policy, reason: "no \"svc-a\" here, id 0badc0de77")
        #expect(quoted.reason == "no \"…\" here, id …")
    }

    @Test("Who was rejected, and what else they did, is that of a recount")
    func parties() throws {
        let histogram = try sample.reader.rejections(now: sample.end)
        for group in histogram.groups.prefix(3) {
            let found = try sample.reader.rejectedParties(group.key.reason, limit: 10_000)
            let rows = sample.rows.filter { $0.outcome == .rejected && Self.key($0) == group.key }
            #expect(found.reduce(0) { $0 + $1.count } == Int64(rows.count))
            for party in found.prefix(20) {
                let own = rows.filter { row in
                    party.certificate.map { row.certificate?.id == $0.id }
                        ?? (row.certificate == nil && row.ip == party.ip)
                }
                #expect(party.count == Int64(own.count))
                #expect(party.first == own.map(\.time).min() && party.last == own.map(\.time).max())
                guard let id = party.certificate?.id else { continue }
                let accepted = sample.rows.filter { $0.certificate?.id == id && $0.outcome == .authenticated }
                #expect(party.accepted == Int64(accepted.count))
                #expect(party.lastAccepted == accepted.map(\.time).max())
            }
        }
    }
}
