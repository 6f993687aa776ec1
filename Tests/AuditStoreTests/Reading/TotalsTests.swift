import AuditEvents
import AuditStore
import CertCore
import TestSupport
import Testing

@Suite("Totals")
struct TotalsTests {
    private let sample: SampleDatabase

    init() throws {
        sample = try SampleDatabase.large.get()
    }

    @Test("Totals of any range are those of a recount, with and without slots", arguments: 0..<24)
    func ranges(_ round: Int) throws {
        let seed = UInt64(round) &* 977 &+ 3
        var random = SeededGenerator(seed: seed)
        let span = sample.end - sample.start
        let first = sample.start.advanced(byMilliseconds: Int64.random(in: -3_600_000...span, using: &random))
        let length = [50, 40_000, 700_000, 20_000_000, span][round % 5]
        let since = round % 7 == 6 ? nil : first
        let until = round % 7 == 5 ? nil : first.advanced(byMilliseconds: Int64.random(in: 1...length, using: &random))
        let rows = sample.rows(since: since, until: until)
        let buckets = round % 3 == 0 ? 0 : Int.random(in: 1...90, using: &random)
        let totals = try sample.reader.totals(since: since, until: until, buckets: buckets)
        #expect(totals.accepted == Int64(rows.count { $0.outcome == .authenticated }), "seed \(seed)")
        #expect(totals.rejected == Int64(rows.count { $0.outcome == .rejected }), "seed \(seed)")
        #expect(totals.newCertificates == rows.count { $0.isFirstSeen }, "seed \(seed)")
        if buckets > 0 { check(totals, rows, buckets, "seed \(seed)") }
    }

    private func check(_ totals: TrafficTotals, _ rows: [EventRow], _ buckets: Int, _ comment: Comment) {
        #expect(!totals.buckets.isEmpty && totals.buckets.count <= buckets + 1, comment)
        guard totals.buckets.count > 1 else { return }
        let width = totals.buckets[1].start - totals.buckets[0].start
        for bucket in totals.buckets {
            let within = rows.filter { $0.time >= bucket.start && $0.time - bucket.start < width }
            #expect(bucket.accepted == Int64(within.count { $0.outcome == .authenticated }), comment)
            #expect(bucket.rejected == Int64(within.count { $0.outcome == .rejected }), comment)
        }
    }

    @Test("A filter counts the same by itself as a recount")
    func filtered() throws {
        let filter = try AuditFilter(parsing: "service:billing and cn:svc-*", now: sample.end)
        let since = sample.start.advanced(byMilliseconds: 86_400_123)
        let rows = sample.rows(since: since, until: nil).filter { row in
            row.service == "billing" && row.certificate?.commonName?.hasPrefix("svc-") == true
        }
        let totals = try sample.reader.totals(since: since, buckets: 30, filter: filter)
        #expect(totals.events == Int64(rows.count) && !rows.isEmpty)
        #expect(totals.newCertificates == rows.count { $0.isFirstSeen })
        #expect(totals.buckets.reduce(0) { $0 + $1.accepted } == totals.accepted)
        check(totals, rows, 30, "filtered")
    }

    @Test("One certificate among thousands is found in every segment it was used in")
    func postings() throws {
        let counts = Dictionary(grouping: sample.rows.compactMap(\.certificate?.commonName)) { $0 }.mapValues(\.count)
        let rare = try #require(counts.min { ($0.value, $0.key) < ($1.value, $1.key) }?.key)
        let filter = try AuditFilter(parsing: "cn=\(rare)", now: sample.end)
        let expected = sample.rows.filter { $0.certificate?.commonName == rare }.map(\.id)
        let query = EventQuery(filter: filter, order: .oldestFirst, limit: .max)
        let page = try sample.reader.events(query)
        #expect(page.rows.map(\.id) == expected)
        let segments = Set(expected.map { $0 >> 16 }).count
        #expect(page.scanned <= segments << 16, "only segments with the certificate are looked at")
    }
}
