import AuditStore
import Glibc
import TestSupport
import Testing

@testable import mtlstop

@Suite("mtlstop compact, killed")
struct CompactionFaultTests {
    @Test("Killed at any moment, compact loses nothing, and the next start is clean")
    func killed() throws {
        let seed = UInt64.random(in: .min ... .max)
        var random = SeededGenerator(seed: seed)
        let folder = try TestFolder()
        try Self.fill(folder)
        let begin = ContinuousClock.now
        #expect(try Self.compact(folder).wait() == 0)
        let length = max(1, (ContinuousClock.now - begin) / Duration.milliseconds(1))
        var killed = 0
        for round in 0..<12 {
            let child = try Self.compact(folder)
            let process = child.pid
            let delay = Int(random.next() % UInt64(length + 1))
            // The moment of the kill is what is random here; the pid stays this child's until it is waited for.
            poll(nil, 0, Int32(delay))
            kill(process, SIGKILL)
            if try child.wait() == 256 + SIGKILL { killed += 1 }
            #expect(try AuditReader(path: folder.database).status().events == 5000, "round \(round), seed \(seed)")
            if round % 4 == 0 { #expect(try LedgerVerifier(path: folder.database).run().findings.isEmpty) }
        }
        print("compact: killed \(killed) of 12 times within \(length) ms, seed \(seed)")
        #expect(killed > 0)
        let collector = try CollectorProcess(in: folder, label: "after")
        let connection = try collector.connect()
        connection.send(Lines.event(1))
        #expect(try collector.terminate() == 0)
        #expect(try Self.compact(folder).wait() == 0)
        #expect(access(folder.database + ".compacting", F_OK) != 0)
        #expect(try LedgerVerifier(path: folder.database).run().findings.isEmpty)
    }

    private static func fill(_ folder: TestFolder) throws {
        let collector = try CollectorProcess(in: folder)
        let connection = try collector.connect()
        _ = try connection.greet(producer: Lines.producer())
        connection.send((1...5000).map { Lines.event($0, path: "/\($0)") }.joined())
        try connection.waitForAck(5000)
        #expect(try collector.terminate() == 0)
    }

    private static func compact(_ folder: TestFolder) throws -> ChildProcess {
        try ChildProcess(["compact", "--db", folder.database], in: folder, label: "compact")
    }
}
