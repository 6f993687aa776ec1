import Dispatch
import GRDB
import Glibc
import Synchronization
import Testing

@testable import AuditStore

@Suite("What a killed writer left half done")
struct InterruptedWriteTests {
    @Test("A reader undoes a journal that a killed writer left, and shows what was committed")
    func undone() throws {
        let left = try Self.leaveJournal()
        let reader = try AuditReader(path: left.path)
        #expect(try reader.status().events == 2000)
        #expect(try LedgerVerifier(path: left.path).run().findings.isEmpty)
        #expect(access(left.path + "-journal", F_OK) != 0)
        let writer = try WriterHarness(left)
        try writer.append(#"{"event":"authenticated"}"#)
        try writer.writer.close(now: writer.now)
        #expect(try AuditReader(path: left.path).status().events == 2001)
    }

    @Test("Readers that come at once all see what was committed")
    func together() throws {
        let left = try Self.leaveJournal()
        let path = left.path
        let seen = Mutex<[Int64]>([])
        DispatchQueue.concurrentPerform(iterations: 6) { _ in
            let events = try? AuditReader(path: path).status().events
            seen.withLock { $0.append(events ?? -1) }
        }
        #expect(seen.withLock { $0 } == Array(repeating: 2000, count: 6))
    }

    @Test("Who may not write is told that a killed writer's work must be undone")
    func refused() throws {
        let left = try Self.leaveJournal()
        // A link in the lock file's place is never followed, so that not even root may write.
        #expect(symlink("/dev/null", left.path + ".lock") == 0)
        let error = #expect(throws: StoreError.self) { try AuditReader(path: left.path) }
        unlink(left.path + ".lock")
        #expect(error?.code == .readOnly && error?.message.contains("killed half-way") == true)
        #expect(access(left.path + "-journal", F_OK) == 0, "nothing was touched")
    }

    @Test("Another program's file with a journal is refused and left as it is")
    func foreign() throws {
        let left = try Self.leaveJournal(application: 77)
        let before = TestFile.bytes(left.path)
        let error = #expect(throws: StoreError.self) { try AuditReader(path: left.path) }
        #expect(error?.code == .notADatabase)
        #expect(TestFile.bytes(left.path) == before && access(left.path + "-journal", F_OK) == 0)
    }

    @Test("A compacted database keeps its write-ahead log, so that the next writer has nothing to change")
    func compacted() throws {
        let place = try Self.filled()
        _ = try DatabaseCompaction(path: place.path).run(now: WriterHarness.start)
        // Bytes 18 and 19 of a database file: 2 for a write-ahead log, 1 for a rollback journal.
        #expect(TestFile.bytes(place.path).map { Array($0[18...19]) } == [2, 2])
        #expect(try AuditReader(path: place.path).status().events == 2000)
        #expect(access(place.path + ".compacting-wal", F_OK) != 0)
    }

    private static func filled() throws -> TemporaryDatabase {
        let place = try TemporaryDatabase()
        let harness = try WriterHarness(place)
        for index in 0..<2000 { try harness.append(#"{"event":"authenticated","req":{"url":"/\#(index)"}}"#) }
        try harness.commit()
        try harness.writer.close(now: harness.now)
        return place
    }

    /// A database as a writer leaves it that is killed in the middle of a transaction, its journal on the disk.
    private static func leaveJournal(application: Int64 = DatabaseIdentity.applicationID) throws -> TemporaryDatabase {
        let place = try filled()
        let left = try TemporaryDatabase()
        let queue = try DatabaseQueue(path: place.path)
        try queue.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA journal_mode = DELETE; PRAGMA application_id = \(application)")
            // A cache of one page spills: half of the change is in the file, and its journal synchronised before.
            try db.execute(sql: "PRAGMA cache_size = 1; PRAGMA cache_spill = 1; BEGIN IMMEDIATE")
            try db.execute(sql: "UPDATE event SET moment = moment | 3; DELETE FROM event WHERE id % 2 = 0")
            for suffix in ["", "-journal"] { try copy(place.path + suffix, to: left.path + suffix) }
            try db.execute(sql: "ROLLBACK")
        }
        try queue.close()
        return left
    }

    /// Copies by another process: closing a descriptor of the file here would drop the connection's locks.
    private static func copy(_ source: String, to destination: String) throws {
        var pid = pid_t()
        let words: [UnsafeMutablePointer<CChar>?] = ["cp", source, destination].map { (word: String) in strdup(word) }
        defer { for word in words { free(word) } }
        guard posix_spawnp(&pid, "cp", nil, nil, words + [nil], environ) == 0 else { throw SystemError(number: errno) }
        var status: Int32 = 0
        guard waitpid(pid, &status, 0) == pid, status == 0 else { throw SystemError(number: EIO) }
    }
}
