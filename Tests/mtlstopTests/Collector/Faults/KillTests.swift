import AuditEvents
import AuditStore
import CertCore
import Dispatch
import Glibc
import TestSupport
import Testing

@testable import mtlstop

/// kill -9, at any moment: nothing acknowledged is lost, nothing is stored twice.
@Suite("kill -9")
struct KillTests {
    /// How often; `scripts/kill-test 1000` asks for more than a test run can wait for.
    private static let rounds = Environment.current()["MTLSTOP_KILLS"].flatMap { Int($0) } ?? 50

    @Test(
        "Killed at fifty random points under load, the collector loses nothing acknowledged and starts within a second"
    )
    func randomPoints() throws {
        let seed = UInt64.random(in: .min ... .max)
        var random = SeededGenerator(seed: seed)
        var (acknowledged, slowest, verified) = (UInt64(0), Duration.zero, 0)
        let life = try KillRun.life()
        for start in stride(from: 0, to: Self.rounds, by: 50) {
            var run = KillRun(folder: try TestFolder())
            for round in 0..<min(50, Self.rounds - start) {
                try run.round(round, killAfter: .microseconds(Int(random.next() % life)))
                try run.verify(round, seed: seed)
            }
            try run.finish(seed: seed)
            acknowledged += run.acknowledged
            slowest = max(slowest, run.slowestStart)
            verified += run.verified
        }
        print("kill -9: \(Self.rounds) rounds, seed \(seed), \(acknowledged) acknowledged, slowest start \(slowest)")
        print("the ledger was verified \(verified) times")
        #expect(acknowledged > 0 && verified >= min(Self.rounds, 10))
        #expect(slowest < .seconds(5), "a second on a quiet machine")
    }

    @Test("Killed between a commit and the flush of the roll-ups, the next start counts what the first did not")
    func beforeFlush() throws {
        let folder = try TestFolder()
        let collector = try CollectorProcess(in: folder)
        let connection = try collector.connect()
        _ = try connection.greet(producer: Lines.producer())
        connection.send((1...5000).map { Lines.event($0) }.joined())
        try connection.waitForAck(5000)
        // The commit is on the disk; the roll-ups follow when nothing else is to do.
        try collector.kill()
        let left = try AuditReader(path: folder.database).status()
        #expect(left.events == 5000)
        #expect(left.derivedUpTo < 5000, "the kill came before the flush")
        let again = try CollectorProcess(in: folder, label: "again")
        #expect(try AuditReader(path: folder.database).status().derivedUpTo == 5000)
        #expect(try again.terminate() == 0)
        let writer = try AuditWriter(path: folder.database, now: .now())
        #expect(try writer.derivedDifferences(now: .now()) == [])
    }
}

/// Rounds of load and kill on one database, with one producer.
private struct KillRun {
    let folder: TestFolder
    let producer = Lines.producer()
    private(set) var acknowledged: UInt64 = 0
    private(set) var slowestStart = Duration.zero
    private(set) var verified = 0
    private var sent: UInt64 = 0

    init(folder: TestFolder) {
        self.folder = folder
    }

    /// How long the load of one life takes on this machine now, in microseconds: the span that the kills are spread over.
    static func life() throws -> UInt64 {
        let folder = try TestFolder()
        let collector = try CollectorProcess(in: folder, label: "measured")
        let connection = try collector.connect()
        _ = try connection.greet(producer: Lines.producer())
        let begin = ContinuousClock.now
        let sender = Sender(connection, (1...3000).map { Lines.event($0, path: "/\($0)") }.joined())
        try connection.waitForAck(3000)
        let length = (ContinuousClock.now - begin) / Duration.microseconds(1)
        sender.wait()
        #expect(try collector.terminate() == 0)
        return UInt64(max(80_000, length))
    }

    /// One life of the collector: load, and a kill after so long.
    mutating func round(_ round: Int, killAfter delay: Duration) throws {
        let begin = ContinuousClock.now
        let collector = try CollectorProcess(in: folder, label: "life-\(round % 2)")
        slowestStart = max(slowestStart, ContinuousClock.now - begin)
        let connection = try collector.connect()
        let last = try connection.greet(producer: producer)
        #expect(last >= acknowledged, "round \(round): what was acknowledged is durable")
        acknowledged = last
        sent = max(sent, last + 3000)
        let sender = Sender(connection, (last + 1...sent).map { Lines.event($0, path: "/\($0)") }.joined())
        let child = collector.child.pid
        let nanoseconds = Int(delay.components.attoseconds / 1_000_000_000)
        DispatchQueue.global().asyncAfter(deadline: .now() + .nanoseconds(nanoseconds)) { kill(child, SIGKILL) }
        while let line = connection.line() {
            acknowledged = max(acknowledged, try JSONValue(parsing: line).count("ack") ?? 0)
        }
        sender.wait()
        _ = try collector.child.wait()
    }

    /// Verifies the ledger as the kill left it: after each of the first rounds, then after every fifth, because it takes
    /// as long as the log is.
    mutating func verify(_ round: Int, seed: UInt64) throws {
        guard round < 5 || round % 5 == 0 else { return }
        let report = try LedgerVerifier(path: folder.database).run()
        #expect(report.findings.isEmpty, "round \(round), seed \(seed): \(report.findings)")
        verified += 1
    }

    /// Sends the rest and compares everything that is stored.
    mutating func finish(seed: UInt64) throws {
        let collector = try CollectorProcess(in: folder, label: "last")
        let connection = try collector.connect()
        let last = try connection.greet(producer: producer)
        #expect(last >= acknowledged, "seed \(seed)")
        if last < sent {
            let sender = Sender(connection, (last + 1...sent).map { Lines.event($0, path: "/\($0)") }.joined())
            try connection.waitForAck(sent)
            sender.wait()
        }
        #expect(try collector.terminate() == 0)
        let reader = try AuditReader(path: folder.database)
        var (seen, next): (UInt64, Int64?) = (0, 0)
        while let after = next {
            let page = try reader.events(EventQuery(after: after, order: .oldestFirst, limit: 10_000))
            for row in page.rows {
                seen += 1
                try #require(row.path == "/\(seen)", "seed \(seed)")
            }
            next = page.rows.isEmpty ? nil : page.resumeID
        }
        #expect(seen == sent, "seed \(seed)")
        #expect(try reader.status().lostEvents == 0)
        #expect(try LedgerVerifier(path: folder.database).run().findings.isEmpty, "seed \(seed)")
    }
}
