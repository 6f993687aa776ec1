import CertCore
import Glibc
import Testing

@testable import AuditStore

@Suite("Retention removes what is old, says so, and leaves the ledger whole")
struct RetentionTests {
    private static let day: Int64 = 86_400_000

    @Test("Old segments lose their events, stubs stay, and the ledger verifies")
    func prune() throws {
        let database = try LedgerDatabase(segments: 4)
        try withWriter(database) { (writer: AuditWriter) throws in
            let plan = Self.plan(before: 130_000)
            #expect(try writer.retain(plan, now: Self.now) == .recorded(1...8))
            #expect(try writer.retain(plan, now: Self.now) == .removed(8))
            #expect(try writer.retain(plan, now: Self.now) == .done)
            #expect(try writer.rows("SELECT min(id), count(*) FROM event") == [["9", "8"]])
            #expect(try writer.rows("SELECT count(*) FROM ledger_segment") == [["5"]], "the record opened a segment")
        }
        let report = try database.verify()
        #expect(report.findings == [] && report.prunedEvents == 8 && report.events == 8)
        #expect(try AuditReader(path: database.path).status().events == 8)
    }

    @Test("A crash in the middle of a removal goes on with it, and is no tampering")
    func interrupted() throws {
        let database = try LedgerDatabase(segments: 4)
        try withWriter(database) { (writer: AuditWriter) throws in
            #expect(try writer.retain(Self.plan(before: 130_000), now: Self.now) == .recorded(1...8))
        }
        #expect(try database.verify().findings == [])
        try withWriter(database) { (writer: AuditWriter) throws in
            let nothing = Self.plan(before: -1_000_000)
            #expect(try writer.retain(nothing, now: Self.now) == .removed(8))
            #expect(try writer.retain(nothing, now: Self.now) == .done)
        }
        #expect(try database.verify().findings == [])
    }

    @Test("After a removal every count over a range is the count of the events that are left there")
    func counts() throws {
        let database = try LedgerDatabase(segments: 4)
        try withWriter(database) { (writer: AuditWriter) throws in
            while try writer.retain(Self.plan(before: 130_000), now: Self.now) != .done {}
            // A certificate's totals and a segment's range of times speak of everything that ever was.
            #expect(try writer.derivedDifferences(now: WriterHarness.start) == ["cert_total", "segment"])
        }
        let reader = try AuditReader(path: database.path)
        let everything = try AuditFilter(parsing: "outcome:authenticated or outcome:rejected", now: Self.now)
        for since in [nil, WriterHarness.start, WriterHarness.start.advanced(byMilliseconds: 150_000)] {
            let rolled = try reader.totals(since: since, buckets: 8)
            let counted = try reader.totals(since: since, buckets: 8, filter: everything)
            #expect(rolled.accepted == counted.accepted && rolled.rejected == counted.rejected)
            #expect(rolled.buckets.map(\.accepted) == counted.buckets.map(\.accepted))
        }
        #expect(try reader.totals().events == 8)
        #expect(try reader.rejections(now: Self.now).total == 2)
        #expect(try reader.certificates().map { $0.accepted + $0.rejected }.reduce(0, +) == 12)
    }

    @Test("Removed between batches while more comes in, what is left verifies and is counted")
    func underLoad() throws {
        let place = try TemporaryDatabase()
        let harness = try WriterHarness(place)
        var removed = 0
        for round in 0..<30 {
            for index in 0..<300 {
                let event = index % 10 == 0 ? #""rejected","reason":"r""# : #""authenticated""#
                try harness.append(#"{"event":\#(event),"service":"s\#(round % 3)","cert":{"subject":{"CN":"c"}}}"#)
            }
            try harness.commit()
            let plan = Self.plan(before: Int64(round - 3) * 61_000)
            if case .removed(let count) = try harness.writer.retain(plan, now: harness.now) { removed += count }
            harness.now = harness.now.advanced(byMilliseconds: 61_000)
        }
        let plan = Self.plan(before: 26 * 61_000)
        while case let step = try harness.writer.retain(plan, now: harness.now), step != .done {
            if case .removed(let count) = step { removed += count }
        }
        #expect(removed > 3000)
        try harness.writer.close(now: harness.now)
        let report = try LedgerVerifier(path: place.path).run()
        #expect(report.findings == [] && report.events == Int64(9000 - removed))
        #expect(try AuditReader(path: place.path).totals().events == Int64(9000 - removed))
    }

    @Test("A held time stays with its segment, and goes once the hold is lifted")
    func hold() throws {
        let database = try LedgerDatabase(segments: 4)
        let since = WriterHarness.start.advanced(byMilliseconds: 61_000)
        let held = LegalHold(
            id: 1,
            since: since,
            until: since.advanced(byMilliseconds: 1),
            reason: "case",
            added: Self.now
        )
        try withWriter(database) { (writer: AuditWriter) throws in
            while try writer.retain(Self.plan(before: 200_000, [held]), now: Self.now) != .done {}
            #expect(try writer.rows("SELECT group_concat(id, ' ') FROM event") == [["5 6 7 8 13 14 15 16"]])
        }
        #expect(try database.verify().findings == [])
        #expect(try AuditReader(path: database.path).status().events == 8)
        try withWriter(database) { (writer: AuditWriter) throws in
            while try writer.retain(Self.plan(before: 200_000), now: Self.now) != .done {}
            #expect(try writer.rows("SELECT count(*) FROM event") == [["4"]])
        }
        #expect(try database.verify().findings == [])
    }

    @Test(
        "What retention says is believed only when the ledger says it too",
        arguments: [
            "UPDATE prune SET reason = 'because'", "UPDATE prune SET last_event = 12", "DELETE FROM prune",
            "UPDATE prune SET signature = zeroblob(64)",
            """
            INSERT INTO prune SELECT 2, time, 9, 12, 4, cutoff, reason, signature, finished FROM prune;
            """,
            "INSERT INTO event(id, moment, finding, context, arrival) VALUES (3, 4, 1, 1, 0)",
        ]
    )
    func forgedRecords(_ deed: String) throws {
        let database = try LedgerDatabase(segments: 4)
        try withWriter(database) { (writer: AuditWriter) throws in
            while try writer.retain(Self.plan(before: 130_000), now: Self.now) != .done {}
        }
        #expect(try database.verify().findings == [])
        try database.tamper(deed)
        #expect(try !database.verify().isIntact)
    }

    @Test("Ten thousand events at most go in one step")
    func chunks() throws {
        let place = try TemporaryDatabase()
        let harness = try WriterHarness(place)
        for _ in 0..<25_000 { try harness.append(#"{"event":"authenticated"}"#) }
        try harness.commit()
        harness.now = harness.now.advanced(byMilliseconds: 61_000)
        try harness.append(#"{"event":"authenticated"}"#)
        try harness.commit()
        let plan = Self.plan(before: 62_000)
        var steps: [RetentionStep] = []
        repeat { steps.append(try harness.writer.retain(plan, now: harness.now)) } while steps.last != .done
        #expect(steps == [.recorded(1...25_000), .removed(10_000), .removed(10_000), .removed(5_000), .done])
        #expect(try LedgerVerifier(path: place.path).run().findings == [])
    }

    @Test("Holds are kept in a file that two commands change in turn; a broken one stops every removal")
    func holdFile() throws {
        let place = try TemporaryDatabase()
        let file = HoldFile(database: place.path)
        #expect(try file.holds().isEmpty)
        let since = Timestamp(milliseconds: 0)
        #expect(try file.add(since: since, until: nil, reason: "one", now: Self.now).id == 1)
        #expect(try file.add(since: since, until: Self.now, reason: "two \u{202e}", now: Self.now).id == 2)
        #expect(try file.holds().map(\.reason) == ["one", "two \u{202e}"])
        #expect(try file.remove(1))
        #expect(try !file.remove(1))
        #expect(try file.add(since: since, until: nil, reason: "three", now: Self.now).id == 3)
        try TestFile.write(Array("{\"id\":1}\n".utf8), to: file.path)
        #expect(throws: StoreError.self) { try file.holds() }
    }

    @Test("Compacting gives room back, keeps every event and the ledger, and needs the writer's place")
    func compact() throws {
        let place = try TemporaryDatabase()
        let harness = try WriterHarness(place)
        for index in 0..<30_000 { try harness.append(#"{"event":"authenticated","req":{"url":"/\#(index)"}}"#) }
        try harness.commit()
        harness.now = harness.now.advanced(byMilliseconds: 61_000)
        try harness.append(#"{"event":"rejected","reason":"x"}"#)
        try harness.commit()
        let error = #expect(throws: StoreError.self) { try DatabaseCompaction(path: place.path).run(now: harness.now) }
        #expect(error?.code == .heldByAnother)
        while try harness.writer.retain(Self.plan(before: 62_000), now: harness.now) != .done {}
        try harness.writer.close(now: harness.now)
        try TestFile.write(Array("left by a crash".utf8), to: place.path + ".compacting")
        let old = try AuditReader(path: place.path)
        let rows = try old.events(EventQuery()).rows
        let result = try DatabaseCompaction(path: place.path).run(now: harness.now)
        #expect(result.after < result.before)
        #expect(try AuditReader(path: place.path).events(EventQuery()).rows == rows && rows.count == 1)
        #expect(try LedgerVerifier(path: place.path).run().findings == [])
        #expect(access(place.path + ".compacting", F_OK) != 0)
        let successor = try WriterHarness(place)
        try successor.append(#"{"event":"authenticated"}"#)
        try successor.writer.close(now: successor.now)
        #expect(try LedgerVerifier(path: place.path).run().findings == [])
    }

    private static let now = WriterHarness.start.advanced(byMilliseconds: 10 * day)

    private static func plan(before milliseconds: Int64, _ holds: [LegalHold] = []) -> RetentionPlan {
        RetentionPlan(
            cutoff: WriterHarness.start.advanced(byMilliseconds: milliseconds),
            holds: holds,
            reason: "older than a test"
        )
    }

    private func withWriter(_ database: LedgerDatabase, _ body: (AuditWriter) throws -> Void) throws {
        let writer = try AuditWriter(path: database.path, now: Self.now)
        try body(writer)
        try writer.close(now: Self.now)
    }
}
