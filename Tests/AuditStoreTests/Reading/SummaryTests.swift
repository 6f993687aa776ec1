import AuditEvents
import AuditStore
import CertCore
import TestSupport
import Testing

@Suite("The summary of a report")
struct SummaryTests {
    private let sample: SampleDatabase

    init() throws {
        sample = try SampleDatabase.small.get()
    }

    private static let filters = [
        "", "outcome:rej", "outcome:ok", "service:billing", "ip:10.0.0.0/9", "not reason:expired", "class:expired",
        "cn:svc-*", "is:anonymous", "is:new", "path:/v1/ or outcome:rej", "cn:no-such-name",
    ]

    @Test("Every part adds up to the totals, and those are a recount's", arguments: 0..<36)
    func reconciles(_ round: Int) throws {
        let seed = UInt64.random(in: 0 ... .max)
        var random = SeededGenerator(seed: seed)
        let comment: Comment = "seed \(seed), round \(round)"
        let filter = try AuditFilter(parsing: Self.filters[round % Self.filters.count], now: sample.end)
        let span = sample.end - sample.start
        let since =
            Bool.random(using: &random)
            ? sample.start.advanced(byMilliseconds: .random(in: 0...span, using: &random)) : nil
        let length = Int64.random(in: 0...span, using: &random)
        let until = Bool.random(using: &random) ? (since ?? sample.start).advanced(byMilliseconds: length) : nil
        let summary = try sample.reader.summary(
            filter: filter,
            since: since,
            until: until,
            now: sample.end,
            mostRejections: 50
        )
        let query = EventQuery(filter: filter, since: since, until: until, order: .oldestFirst, limit: .max)
        let rows = try sample.reader.events(query).rows
        addUp(summary, comment)
        recount(summary, rows, comment)
    }

    private func addUp(_ summary: AuditSummary, _ comment: Comment) {
        let totals = summary.totals
        let sum: ([AuditSummary.Count]) -> AuditSummary.Count = { $0.reduce(into: .init()) { $0 += $1 } }
        #expect(sum(summary.services.map(\.count)) == totals, comment)
        #expect(sum(summary.sources.map(\.count)) == totals, comment)
        #expect(sum(summary.identities.map(\.count) + [summary.anonymous]) == totals, comment)
        #expect(sum(summary.certificates.map(\.count) + [summary.anonymous]) == totals, comment)
        #expect(summary.identities.reduce(0) { $0 + $1.certificates } == summary.certificates.count, comment)
        #expect(summary.reasons.reduce(0) { $0 + $1.count } == totals.rejected, comment)
        #expect(summary.timeline.reduce(0) { $0 + $1.accepted } == totals.accepted, comment)
        #expect(summary.timeline.reduce(0) { $0 + $1.rejected } == totals.rejected, comment)
        #expect(summary.rejections.count == min(50, Int(totals.rejected)), comment)
    }

    private func recount(_ summary: AuditSummary, _ rows: [EventRow], _ comment: Comment) {
        #expect(summary.totals.accepted == Int64(rows.count { $0.outcome == .authenticated }), comment)
        #expect(summary.totals.rejected == Int64(rows.count { $0.outcome == .rejected }), comment)
        #expect(summary.anonymous.events == Int64(rows.count { $0.certificate == nil }), comment)
        #expect(summary.ids?.lowerBound == rows.first?.id && summary.ids?.upperBound == rows.last?.id, comment)
        #expect(summary.times?.lowerBound == rows.map(\.time).min(), comment)
        let rejected = rows.filter { $0.outcome == .rejected }
        #expect(summary.rejections == Array(rejected.suffix(50)), comment)
        let new = Set(rows.filter(\.isFirstSeen).compactMap(\.certificate?.id))
        #expect(Set(summary.certificates.filter(\.isFirstSeen).map(\.certificate.id)) == new, comment)
        for use in summary.certificates {
            let own = rows.filter { $0.certificate?.id == use.certificate.id }
            let outside = own.filter { row in
                row.outcome == .authenticated
                    && (row.certificate?.notAfter.map { row.time > $0 } ?? false
                        || row.certificate?.notBefore.map { row.time < $0 } ?? false)
            }
            #expect(use.acceptedOutside == Int64(outside.count), comment)
            #expect(use.addresses == min(CertificateActivity.mostAddresses, Set(own.compactMap(\.ip)).count), comment)
            #expect(
                use.times.lowerBound == own.map(\.time).min() && use.times.upperBound == own.map(\.time).max(),
                comment
            )
        }
    }

    @Test("What is missing is found: lost events, lines not understood, and hours without a reporter")
    func completeness() throws {
        let hour: Int64 = 3_600_000
        let place = try TemporaryDatabase()
        let harness = try WriterHarness(place)
        let start = WriterHarness.start
        try harness.append(#"{"event":"authenticated"}"#)
        harness.writer.appendLoss(kind: .drop, count: 42, since: nil, session: harness.session, now: start)
        let error = LineError(code: .badJSON, message: "wrong")
        [UInt8](repeating: 1, count: 9).withUnsafeBytes { line in
            _ = harness.writer.appendBadLine(
                head: line,
                length: 9,
                error: error,
                session: harness.session,
                producer: nil,
                now: start
            )
        }
        try harness.commit()
        harness.writer.endSession(harness.session, now: start.advanced(byMilliseconds: hour))
        let later = start.advanced(byMilliseconds: 3 * hour)
        let second = harness.writer.beginSession(peer: PeerCredentials(pid: 1, uid: 2, gid: 3), now: later)
        harness.now = later
        try harness.append(#"{"event":"rejected"}"#)
        try harness.commit()
        harness.writer.endSession(second, now: later)
        try harness.writer.close(now: later)
        let known = try AuditReader(path: place.path).summary(now: later).completeness
        #expect(known.events == 2 && known.missingIDs == 0 && known.gaps.isEmpty)
        #expect(known.lostEvents == 42 && known.losses.map(\.kind) == ["drop"])
        #expect(known.badLines == [AuditCompleteness.Tally(name: "bad_json", count: 1)])
        #expect(known.sessions == 2)
        #expect(known.disconnected.map(\.length) == [2 * hour])
        #expect(known.silences.map(\.length) == [3 * hour])
    }
}
