import Glibc
import Testing

@testable import AuditStore

@Suite("One writer per database")
struct WriterLockTests {
    @Test("A second writer is refused and told the pid of the first")
    func second() throws {
        let place = try TemporaryDatabase()
        let harness = try WriterHarness(place)
        let error = #expect(throws: StoreError.self) { try AuditWriter(path: place.path, now: WriterHarness.start) }
        #expect(error?.code == .heldByAnother)
        #expect(error?.message == "process \(getpid()) writes this database")
        #expect(try harness.value("SELECT count(*) FROM event") == "0")
    }

    @Test("After the first writer is closed a second may write")
    func handOver() throws {
        let place = try TemporaryDatabase()
        let first = try WriterHarness(place)
        try first.append(#"{"event":"authenticated"}"#)
        try first.writer.close(now: first.now)
        let second = try WriterHarness(place)
        #expect(try second.value("SELECT count(*) FROM event") == "1")
    }

    @Test("A symbolic link in the lock's place is not followed")
    func link() throws {
        let place = try TemporaryDatabase()
        symlink(place.directory + "/elsewhere", place.path + ".lock")
        let error = #expect(throws: StoreError.self) { try AuditWriter(path: place.path, now: WriterHarness.start) }
        #expect(error?.code == .notPermitted)
        #expect(access(place.directory + "/elsewhere", F_OK) != 0)
    }
}
