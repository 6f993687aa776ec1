import AuditEvents
import AuditStore
import Testing

@testable import mtlstop

/// Numbers, acks, repeats, gaps, takeovers.
@Suite("Acknowledged mode")
struct AcknowledgedModeTests {
    @Test("Events are acknowledged up to the last; a reconnect goes on where it stopped")
    func goesOn() throws {
        let folder = try TestFolder()
        let collector = try RunningCollector.start(folder.configuration)
        let producer = Lines.producer()
        let first = try IntakeConnection(to: folder.socket)
        #expect(try first.greet(producer: producer) == 0)
        first.send((1...1000).map { Lines.event($0) }.joined())
        try first.waitForAck(1000)
        let second = try IntakeConnection(to: folder.socket)
        #expect(try second.greet(producer: producer) == 1000)
        try collector.stop()
        let again = try RunningCollector.start(folder.configuration)
        let third = try IntakeConnection(to: folder.socket)
        #expect(try third.greet(producer: producer) == 1000)
        try again.stop()
        #expect(try AuditReader(path: folder.database).status().events == 1000)
    }

    @Test("The answer to a hello has the contract's fields")
    func hello() throws {
        let folder = try TestFolder()
        let collector = try RunningCollector.start(folder.configuration)
        let connection = try IntakeConnection(to: folder.socket)
        connection.send("{\"mtlstop\":1,\"producer\":\"\(Lines.producer())\",\"app\":\"a/1\",\"ack\":true}\n")
        #expect(connection.line() == #"{"hello":1,"session":1,"last":0,"max_line":262144,"window":65536}"#)
        try collector.stop()
    }

    @Test("A repeat is dropped and answered with the current ack")
    func repeats() throws {
        let folder = try TestFolder()
        let collector = try RunningCollector.start(folder.configuration)
        let connection = try IntakeConnection(to: folder.socket)
        _ = try connection.greet(producer: Lines.producer())
        connection.send(Lines.event(1) + Lines.event(2))
        try connection.waitForAck(2)
        connection.send(Lines.event(1))
        #expect(connection.line() == "{\"ack\":2}")
        connection.send(Lines.event(2) + Lines.event(3))
        try connection.waitForAck(3)
        try collector.stop()
        #expect(try AuditReader(path: folder.database).status().events == 3)
    }

    @Test("A jump in the numbers is accepted and stored as a loss")
    func gap() throws {
        let folder = try TestFolder()
        let collector = try RunningCollector.start(folder.configuration)
        let connection = try IntakeConnection(to: folder.socket)
        _ = try connection.greet(producer: Lines.producer())
        connection.send(Lines.event(1) + Lines.event(11))
        try connection.waitForAck(11)
        try collector.stop()
        let status = try AuditReader(path: folder.database).status()
        #expect(status.events == 2)
        #expect(status.lostEvents == 9)
    }

    @Test("The newer of two connections of one producer wins; the older is told and closed")
    func superseded() throws {
        let folder = try TestFolder()
        let collector = try RunningCollector.start(folder.configuration)
        let producer = Lines.producer()
        let older = try IntakeConnection(to: folder.socket)
        _ = try older.greet(producer: producer)
        older.send(Lines.event(1))
        try older.waitForAck(1)
        let newer = try IntakeConnection(to: folder.socket)
        #expect(try newer.greet(producer: producer) == 1)
        #expect(older.line() == #"{"err":"superseded"}"#)
        #expect(older.line() == nil)
        newer.send(Lines.event(2))
        try newer.waitForAck(2)
        try collector.stop()
        #expect(try AuditReader(path: folder.database).status().events == 2)
    }

    @Test("A bye is answered by the last ack and the end of the stream")
    func bye() throws {
        let folder = try TestFolder()
        let collector = try RunningCollector.start(folder.configuration)
        let connection = try IntakeConnection(to: folder.socket)
        _ = try connection.greet(producer: Lines.producer())
        connection.send((1...500).map { Lines.event($0) }.joined() + "{\"bye\":1}\n" + Lines.event(501))
        var lines: [String] = []
        while let line = connection.line() { lines.append(line) }
        #expect(lines.dropLast().last == "{\"ack\":500}")
        #expect(lines.last == "{\"bye\":1}")
        try collector.stop()
        #expect(try AuditReader(path: folder.database).status().events == 500)
    }

    @Test("A client that stops sending still gets its last ack")
    func halfClosed() throws {
        let folder = try TestFolder()
        let collector = try RunningCollector.start(folder.configuration)
        let connection = try IntakeConnection(to: folder.socket)
        _ = try connection.greet(producer: Lines.producer())
        connection.send((1...50).map { Lines.event($0) }.joined())
        connection.finishSending()
        try connection.waitForAck(50)
        #expect(connection.line() == nil)
        try collector.stop()
    }

    @Test("A stopping collector says when to come back")
    func stopping() throws {
        let folder = try TestFolder()
        let collector = try RunningCollector.start(folder.configuration)
        let connection = try IntakeConnection(to: folder.socket)
        _ = try connection.greet(producer: Lines.producer())
        connection.send(Lines.event(1))
        try connection.waitForAck(1)
        try collector.stop()
        #expect(connection.line() == #"{"bye":1,"retry_ms":500}"#)
        #expect(connection.line() == nil)
    }
}
