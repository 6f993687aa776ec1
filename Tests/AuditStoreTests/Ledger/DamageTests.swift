import AuditSamples
import CertCore
import Glibc
import Testing

@testable import AuditStore

@Suite("A damaged file")
struct DamageTests {
    @Test("A flipped bit is found, or changes nothing that a reader is shown")
    func bits() throws {
        let database = try LedgerDatabase()
        let intact = try #require(TestFile.bytes(database.path))
        let shown = try Self.shown(database.path)
        let seed = UInt64.random(in: 1...UInt64.max)
        print("seed \(seed)")
        var generator = SampleGenerator(seed: seed)
        var found = 0
        for _ in 0..<150 {
            var bytes = intact
            let place = Int(generator.next() % UInt64(bytes.count))
            bytes[place] ^= 1 << UInt8(generator.next() % 8)
            let copy = try TemporaryDatabase()
            try TestFile.write(bytes, to: copy.path)
            try TestFile.write(
                try #require(TestFile.bytes(database.path + "-checkpoints")),
                to: copy.path + "-checkpoints"
            )
            guard let report = try? LedgerVerifier(path: copy.path).run() else {
                found += 1
                continue
            }
            if report.isIntact {
                #expect(try Self.shown(copy.path) == shown, "bit at \(place), seed \(seed)")
            } else {
                found += 1
            }
        }
        #expect(found > 0)
    }

    @Test("A file cut at any page is found")
    func truncation() throws {
        let database = try LedgerDatabase()
        let intact = try #require(TestFile.bytes(database.path))
        let notes = try #require(TestFile.bytes(database.path + "-checkpoints"))
        for pages in stride(from: 0, to: intact.count / 4096, by: 3) {
            let copy = try TemporaryDatabase()
            try TestFile.write(Array(intact.prefix(pages * 4096)), to: copy.path)
            try TestFile.write(notes, to: copy.path + "-checkpoints")
            let report = try? LedgerVerifier(path: copy.path).run()
            #expect(report?.isIntact != true, "\(pages) pages")
        }
    }

    @Test("A write-ahead log that is missing, or that a bit was flipped in, is found by the checkpoints")
    func missingLog() throws {
        let place = try TemporaryDatabase()
        let harness = try WriterHarness(place)
        for segment in 0..<3 { try LedgerDatabase.fill(harness, segment) }
        let notes = try #require(TestFile.bytes(place.path + "-checkpoints"))
        let log = try #require(TestFile.bytes(place.path + "-wal"))
        let without = try place.copyAsAfterCrash()
        unlink(without.path + "-wal")
        try TestFile.write(notes, to: without.path + "-checkpoints")
        #expect(try LedgerVerifier(path: without.path).run().findings.map(\.kind) == [.tail])
        let flipped = try place.copyAsAfterCrash()
        var bytes = log
        bytes[log.count / 10] ^= 4
        try TestFile.write(bytes, to: flipped.path + "-wal")
        try TestFile.write(notes, to: flipped.path + "-checkpoints")
        #expect(try LedgerVerifier(path: flipped.path).run().findings.contains { $0.kind == .tail })
    }

    /// What readers are shown of every event.
    private static func shown(_ path: String) throws -> [EventRow] {
        try AuditReader(path: path).events(EventQuery(order: .oldestFirst, limit: .max)).rows
    }
}
