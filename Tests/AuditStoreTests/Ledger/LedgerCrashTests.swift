import CertCore
import Glibc
import Testing

@testable import AuditStore

@Suite("The ledger survives what is no tampering, and damage is no surprise")
struct LedgerCrashTests {
    @Test("After a crash at any point of the log the ledger verifies")
    func crashes() throws {
        let place = try TemporaryDatabase()
        let harness = try WriterHarness(place)
        for segment in 0..<2 { try LedgerDatabase.fill(harness, segment) }
        // The file lags behind the table in a crash, never the other way round.
        let seal = try #require(TestFile.bytes(place.path + "-seal"))
        for segment in 2..<4 { try LedgerDatabase.fill(harness, segment) }
        let log = try #require(TestFile.bytes(place.path + "-wal"))
        for step in 0...12 {
            let copy = try place.copyAsAfterCrash(logBytes: log.count * step / 12)
            try TestFile.write(seal, to: copy.path + "-seal")
            guard try LedgerVerifier(path: copy.path).run().segments > 0 else { continue }
            #expect(try LedgerVerifier(path: copy.path).run().findings == [], "after \(step) twelfths of the log")
            let successor = try WriterHarness(copy)
            try LedgerDatabase.fill(successor, 9)
            try successor.writer.close(now: successor.now)
            #expect(try LedgerVerifier(path: copy.path).run().findings == [], "going on after \(step) twelfths")
        }
    }

    @Test("The running segment is covered before it is sealed")
    func runningTail() throws {
        let place = try TemporaryDatabase()
        let harness = try WriterHarness(place)
        try harness.append(#"{"event":"authenticated"}"#)
        try harness.append(#"{"event":"rejected","reason":"x"}"#)
        try harness.commit()
        let before = try LedgerVerifier(path: place.path).run()
        #expect(before.findings == [] && before.events == 2 && before.checkpoints == 0)
        for deed in ["DELETE FROM event WHERE id = 2", "UPDATE event SET moment = 4 WHERE id = 1"] {
            let copy = try place.copyAsAfterCrash()
            let writer = try AuditWriter(path: copy.path, now: WriterHarness.start)
            _ = try writer.rows(deed)
            let report = try LedgerVerifier(path: copy.path).run()
            #expect(report.findings.first?.kind == .event && report.findings.first?.segment == 0, "\(deed)")
        }
    }

    @Test("A crash between a commit and its checkpoint's file is made up for; no key signs twice")
    func lateFiles() throws {
        let database = try LedgerDatabase(segments: 1)
        let files = ["-seal", "-checkpoints"].map { (database.path + $0, TestFile.bytes(database.path + $0) ?? []) }
        try goOn(database, at: 200_000)
        for (path, bytes) in files { try TestFile.write(bytes, to: path) }
        let report = try database.verify()
        #expect(report.findings == [], "the table alone is enough")
        try goOn(database, at: 400_000)
        #expect(try database.verify().findings == [])
        let notes = String(decoding: try #require(TestFile.bytes(database.path + "-checkpoints")), as: UTF8.self)
        let read = CheckpointText.notes(notes).compactMap { CheckpointNote($0) }
        #expect(read.map(\.claim.size) == [1, 2, 3])
        #expect(read.map(\.claim.epoch) == [0, 1, 2])
    }

    @Test("A checkpoint that a crash cut short at the end of its file is no tampering")
    func cutNote() throws {
        let database = try LedgerDatabase(segments: 1)
        let path = database.path + "-checkpoints"
        let whole = try #require(TestFile.bytes(path))
        try TestFile.write(whole + Array("\nmtlstop/0123\n17\nAAAA".utf8), to: path)
        #expect(try database.verify().findings == [])
        try goOn(database, at: 200_000)
        let report = try database.verify()
        #expect(report.findings == [] && report.checkpoints == 2)
    }

    @Test("Two minutes without an event: the segment is sealed when it is asked, and signed")
    func idle() throws {
        let place = try TemporaryDatabase()
        let harness = try WriterHarness(place)
        try harness.append(#"{"event":"authenticated"}"#)
        try harness.commit()
        try harness.writer.sealIfDue(now: harness.now.advanced(byMilliseconds: 59_000))
        #expect(harness.writer.takeCheckpoints().isEmpty && harness.writer.hasUnsealed)
        try harness.writer.sealIfDue(now: harness.now.advanced(byMilliseconds: 60_000))
        let notes = harness.writer.takeCheckpoints()
        #expect(notes.count == 1 && !harness.writer.hasUnsealed)
        #expect(notes.first.flatMap { CheckpointNote($0) }?.isSignedByIdentity == true)
        #expect(try LedgerVerifier(path: place.path).run().checkpoints == 1)
    }

    @Test("A segment ends after 65,536 events, in the middle of a batch")
    func fullSegment() throws {
        let place = try TemporaryDatabase()
        let harness = try WriterHarness(place)
        for index in 0..<70_000 {
            try harness.append(#"{"event":"authenticated","req":{"ip":"10.0.\#(index % 200).1"}}"#)
            if index % 15_000 == 0 { try harness.commit() }
        }
        try harness.commit()
        #expect(
            try harness.rows("SELECT number, first_event, events, head IS NULL FROM ledger_segment")
                == [["0", "1", "65536", "0"], ["1", "65537", "4464", "1"]]
        )
        let report = try LedgerVerifier(path: place.path).run()
        #expect(report.findings == [] && report.events == 70_000)
    }

    @Test("A database of the first schema gets a ledger from now on, and says what it does not cover")
    func oldSchema() throws {
        let database = try LedgerDatabase(segments: 2)
        try database.tamper(
            "DROP TABLE ledger_segment",
            "DROP TABLE ledger_entry",
            "DROP TABLE prune",
            "DROP TABLE collector_run",
            "DELETE FROM checkpoint",
            "DELETE FROM meta WHERE key LIKE 'ledger%'",
            "ALTER TABLE segment ADD COLUMN previous_head BLOB",
            "ALTER TABLE segment ADD COLUMN root BLOB",
            "ALTER TABLE segment ADD COLUMN head BLOB",
            "ALTER TABLE segment ADD COLUMN sealed INTEGER",
            "PRAGMA user_version = 1"
        )
        unlink(database.path + "-checkpoints")
        let before = try database.verify()
        #expect(before.isIntact && before.firstEvent == nil && before.uncoveredEvents == 8)
        try goOn(database, at: 500_000)
        let after = try database.verify()
        #expect(after.findings == [] && after.firstEvent == 9 && after.uncoveredEvents == 8 && after.events == 1)
    }

    private func goOn(_ database: LedgerDatabase, at milliseconds: Int64) throws {
        let harness = try WriterHarness(database.place)
        harness.now = WriterHarness.start.advanced(byMilliseconds: milliseconds)
        try harness.append(#"{"event":"authenticated","cert":{"subject":{"CN":"later"}}}"#)
        try harness.writer.close(now: harness.now)
    }
}
