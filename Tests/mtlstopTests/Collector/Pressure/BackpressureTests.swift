import AuditEvents
import AuditStore
import Glibc
import Testing

@testable import mtlstop

/// More than can be written: senders wait, nothing is lost, memory stays.
@Suite("Backpressure")
struct BackpressureTests {
    @Test("When more comes than is written the senders hear busy, wait, hear resumed, and nothing is lost")
    func busy() throws {
        let folder = try TestFolder()
        var configuration = folder.configuration
        configuration.queueLimit = 32 << 10
        let collector = try RunningCollector.start(configuration)
        let connection = try IntakeConnection(to: folder.socket)
        _ = try connection.greet(producer: Lines.producer())
        connection.send((1...20_000).map { Lines.event($0) }.joined())
        let notices = try connection.waitForAck(20_000).compactMap { $0["notice"]?.stringValue }
        #expect(notices.first == "busy")
        #expect(Set(notices).isSubset(of: ["busy", "resumed"]))
        #expect(zip(notices, notices.dropFirst()).allSatisfy { $0 != $1 }, "only changes are told")
        try wait { collector.counters.state == .taking && collector.counters.queuedBytes == 0 }
        try collector.stop()
        #expect(try AuditReader(path: folder.database).status().events == 20_000)
    }

    @Test("A client that never reads its acks is served to the end, with bounded memory for its answers")
    func neverReadsAcks() throws {
        let folder = try TestFolder()
        let collector = try RunningCollector.start(folder.configuration)
        let connection = try IntakeConnection(to: folder.socket)
        connection.send("{\"mtlstop\":1,\"producer\":\"\(Lines.producer())\",\"ack\":true}\n")
        for first in stride(from: UInt64(1), to: 60_000, by: 100) {
            // Each chunk is a batch of its own, with its ack: many times what a socket holds unread.
            #expect(connection.send((first..<first + 100).map { Lines.event($0) }.joined()))
        }
        try wait { collector.counters.events == 60_000 }
        try collector.stop()
        #expect(try AuditReader(path: folder.database).status().events == 60_000)
    }

    @Test("A client that sends one byte at a time is given up when its line has waited too long; others are served")
    func oneByteAtATime() throws {
        let folder = try TestFolder()
        var configuration = folder.configuration
        configuration.halfLinePatience = .milliseconds(300)
        let collector = try RunningCollector.start(configuration)
        let slow = try IntakeConnection(to: folder.socket)
        let other = try IntakeConnection(to: folder.socket)
        _ = try other.greet(producer: Lines.producer())
        var sequence: UInt64 = 0
        let line = Array(Lines.bare(path: "/" + String(repeating: "x", count: 2000)).utf8)
        var sent = 0
        while slow.send([line[sent]]) {
            sent += 1
            sequence += 1
            other.send(Lines.event(sequence))
            try other.waitForAck(sequence)
            try #require(sent < line.count - 1, "the slow client was never given up")
            poll(nil, 0, 5)
        }
        #expect(try slow.answer()["err"]?.stringValue == "no_newline")
        #expect(slow.line() == nil)
        try collector.stop()
        let status = try AuditReader(path: folder.database).status()
        #expect(status.events == Int64(sequence))
        #expect(status.badLines == 1)
    }

    @Test("A client that listens no more, or is stopped in the middle of a line, loses nothing that it sent whole")
    func halfOpen() throws {
        let folder = try TestFolder()
        let collector = try RunningCollector.start(folder.configuration)
        let deaf = try IntakeConnection(to: folder.socket)
        deaf.finishListening()
        deaf.send((0..<1000).map { Lines.bare(path: "/\($0)") }.joined() + #"{"event":"rej"#)
        let stopped = try IntakeConnection(to: folder.socket)
        stopped.send(Lines.bare() + #"{"event":"rej"#)
        try wait { collector.counters.events == 1001 }
        try collector.stop()
        #expect(try AuditReader(path: folder.database).status().events == 1001)
    }

    @Test("Sixty-four clients that send as fast as they can are all served; the queue stays within its limit")
    func overload() throws {
        let folder = try TestFolder()
        let collector = try RunningCollector.start(folder.configuration)
        let connections = try (0..<64).map { _ in try IntakeConnection(to: folder.socket) }
        for connection in connections { _ = try connection.greet(producer: Lines.producer()) }
        let chunk = (1...500).map { Lines.event($0) }.joined()
        for connection in connections { connection.send(chunk) }
        var most = 0
        for connection in connections {
            most = max(most, collector.counters.queuedBytes)
            try connection.waitForAck(500)
        }
        #expect(most <= IntakeQueue.largest + 64 * IntakeQueue.connectionLimit)
        try collector.stop()
        #expect(try AuditReader(path: folder.database).status().events == 32_000)
    }
}

/// Waits for a state; fails when it does not come within the limit.
func wait(atMost limit: Duration = .seconds(30), until condition: () throws -> Bool) throws {
    let deadline = ContinuousClock.now + limit
    while try !condition() {
        guard ContinuousClock.now < deadline else { throw Overdue(what: "the state did not come in \(limit)") }
        poll(nil, 0, 2)
    }
}
