import AuditEvents
import AuditStore
import TestSupport
import Testing

@testable import mtlstop

/// What the intake socket answers to lines that are no events; the connection lives on unless the contract says not.
@Suite("The intake protocol")
struct ProtocolTests {
    /// A bad line, its code, and the column where one is told.
    struct BadLine: Sendable, CustomTestStringConvertible {
        var name: String
        var line: String
        var code: String

        var testDescription: String { name }

        init(_ name: String, _ line: String, _ code: String) {
            self.name = name
            self.line = line
            self.code = code
        }
    }

    static let badLines: [BadLine] = [
        BadLine("an unfinished object", #"{"event":"rejected""#, "bad_json"),
        BadLine("a word", "hello", "bad_json"),
        BadLine("an array", "[1,2]", "bad_json"),
        BadLine("two objects", #"{"event":"rejected"} {}"#, "bad_json"),
        BadLine("a number with a leading zero", #"{"event":"rejected","req":{"port":01}}"#, "bad_json"),
        BadLine("a duplicate key", #"{"event":"rejected","event":"authenticated"}"#, "dup_key"),
        BadLine("a duplicate key below", #"{"event":"rejected","req":{"ip":"a","ip":"b"}}"#, "dup_key"),
        BadLine("deep nesting", #"{"event":"rejected","x":"# + repeated("[", 40) + repeated("]", 40) + "}", "too_deep"),
        BadLine("65 keys", "{" + (0..<65).map { "\"k\($0)\":1" }.joined(separator: ",") + "}", "too_many_keys"),
        BadLine("a NUL byte", "{\"event\":\"rej\0ected\"}", "nul_byte"),
        BadLine("no event", #"{"cn":"svc-a"}"#, "missing_field"),
        BadLine("an event that nobody knows", #"{"event":"maybe"}"#, "unknown_event"),
        BadLine("an event that is a number", #"{"event":1}"#, "wrong_type"),
        BadLine("a path that is a list", #"{"event":"rejected","path":[]}"#, "wrong_type"),
        BadLine("a time of the year 10000", #"{"event":"rejected","time":"10000-01-01T00:00:00Z"}"#, "bad_time"),
        BadLine("a time in words", #"{"event":"rejected","time":"yesterday"}"#, "bad_time"),
        BadLine("a hello of a version to come", #"{"mtlstop":2,"producer":"x","ack":true}"#, "unknown_version"),
        BadLine("a hello without a producer", #"{"mtlstop":1,"ack":true}"#, "bad_hello"),
        BadLine("a line of 2 MiB", #"{"event":"rejected","x":""# + repeated("x", 2 << 20) + "\"}", "line_too_long"),
    ]

    private static func repeated(_ text: String, _ count: Int) -> String {
        String(repeating: text, count: count)
    }

    @Test("A bad line is answered by its code and number, stored, and the connection lives on", arguments: badLines)
    func badLine(_ bad: BadLine) throws {
        let folder = try TestFolder()
        let collector = try RunningCollector.start(folder.configuration)
        let connection = try IntakeConnection(to: folder.socket)
        connection.send("\n" + Lines.bare() + bad.line + "\n" + Lines.bare())
        let answer = try connection.answer()
        #expect(answer["err"]?.stringValue == bad.code)
        #expect(answer.count("line") == 3)
        #expect(answer["msg"]?.stringValue?.isEmpty == false)
        #expect(answer["seq"] == nil)
        connection.finishSending()
        #expect(connection.line() == nil)
        try collector.stop()
        let reader = try AuditReader(path: folder.database)
        #expect(try reader.status().events == 2)
        let stored = try reader.badLines()
        #expect(stored.count == 1)
        #expect(stored.first?.code == bad.code)
        #expect(stored.first?.line == 3)
        #expect(stored.first?.column == answer.count("at").map(Int64.init))
        #expect(stored.first?.length == Int64(bad.line.utf8.count + 1))
        #expect(stored.first?.head == Array(bad.line.utf8.prefix(256)))
    }

    @Test("A bad line with a readable seq consumes it: the ack goes on past it")
    func badLineConsumesSequence() throws {
        let folder = try TestFolder()
        let collector = try RunningCollector.start(folder.configuration)
        let connection = try IntakeConnection(to: folder.socket)
        #expect(try connection.greet(producer: Lines.producer()) == 0)
        connection.send(Lines.event(1) + "{\"seq\":2,\"event\":\"maybe\"}\n" + Lines.event(3))
        let others = try connection.waitForAck(3)
        #expect(others.map { $0["err"]?.stringValue } == ["unknown_event"])
        #expect(others.first?.count("seq") == 2)
        #expect(others.first?.count("line") == 3)
        try collector.stop()
        let reader = try AuditReader(path: folder.database)
        #expect(try reader.badLines().map(\.sequence) == [2])
        let status = try reader.status()
        #expect(status.events == 2)
        #expect(status.badLines == 1)
        #expect(status.lostEvents == 0)
    }

    @Test("In acknowledged mode an event without a seq is refused")
    func sequenceIsRequired() throws {
        let folder = try TestFolder()
        let collector = try RunningCollector.start(folder.configuration)
        let connection = try IntakeConnection(to: folder.socket)
        _ = try connection.greet(producer: Lines.producer())
        connection.send(Lines.bare())
        #expect(try connection.answer()["err"]?.stringValue == "missing_field")
        try collector.stop()
    }

    @Test("A second hello on a connection is refused and the first stays in force")
    func secondHello() throws {
        let folder = try TestFolder()
        let collector = try RunningCollector.start(folder.configuration)
        let connection = try IntakeConnection(to: folder.socket)
        let producer = Lines.producer()
        _ = try connection.greet(producer: producer)
        connection.send("{\"mtlstop\":1,\"producer\":\"\(producer)\",\"ack\":true}\n")
        #expect(try connection.answer()["err"]?.stringValue == "bad_hello")
        connection.send(Lines.event(1))
        try connection.waitForAck(1)
        try collector.stop()
    }

    @Test(
        "A first byte of another protocol is answered, stored, and the connection closed",
        arguments: ["hello\n", "\u{1}\u{2}\n"]
    )
    func unknownProtocol(_ text: String) throws {
        let folder = try TestFolder()
        let collector = try RunningCollector.start(folder.configuration)
        let connection = try IntakeConnection(to: folder.socket)
        connection.send(text)
        #expect(try #require(connection.line()).hasPrefix("{\"err\":\"unknown_protocol\",\"line\":1,"))
        #expect(connection.line() == nil)
        try collector.stop()
        #expect(try AuditReader(path: folder.database).status().badLines == 1)
    }

    @Test("White space before the first object, CRLF and empty lines are accepted")
    func whiteSpace() throws {
        let folder = try TestFolder()
        let collector = try RunningCollector.start(folder.configuration)
        let connection = try IntakeConnection(to: folder.socket)
        connection.send("  \r\n\n\t" + Lines.bare().dropLast() + "\r\n\r\n" + Lines.bare())
        connection.finishSending()
        #expect(connection.line() == nil)
        try collector.stop()
        let status = try AuditReader(path: folder.database).status()
        #expect(status.events == 2)
        #expect(status.badLines == 0)
    }

    @Test("A complete object at the end of the stream needs no newline; half a one is a bad line")
    func endOfStream() throws {
        let folder = try TestFolder()
        let collector = try RunningCollector.start(folder.configuration)
        for text in [String(Lines.bare().dropLast()), #"{"event":"rej"#] {
            let connection = try IntakeConnection(to: folder.socket)
            connection.send(text)
            connection.finishSending()
            while connection.line() != nil {}
        }
        try collector.stop()
        let status = try AuditReader(path: folder.database).status()
        #expect(status.events == 1)
        #expect(status.badLines == 1)
    }

    @Test("A line may come in pieces of one byte, and a long line right up to the limit is taken")
    func pieces() throws {
        let folder = try TestFolder()
        let collector = try RunningCollector.start(folder.configuration)
        let connection = try IntakeConnection(to: folder.socket)
        _ = try connection.greet(producer: Lines.producer())
        for byte in Array(Lines.event(1).utf8) { connection.send([byte]) }
        try connection.waitForAck(1)
        let frame = #"{"event":"rejected","seq":2,"x":""}"#
        let padding = String(repeating: "p", count: LineAssembler.longestLine - 1 - frame.utf8.count)
        connection.send(frame.replacing("\"\"}", with: "\"\(padding)\"}") + "\n")
        let others = try connection.waitForAck(2)
        #expect(others.isEmpty)
        try collector.stop()
        #expect(try AuditReader(path: folder.database).status().events == 2)
    }

    @Test("A client-side loss is stored")
    func drop() throws {
        let folder = try TestFolder()
        let collector = try RunningCollector.start(folder.configuration)
        let connection = try IntakeConnection(to: folder.socket)
        _ = try connection.greet(producer: Lines.producer())
        connection.send("{\"drop\":42,\"since\":\"2026-11-23T13:00:00Z\"}\n" + Lines.event(1))
        try connection.waitForAck(1)
        try collector.stop()
        #expect(try AuditReader(path: folder.database).status().lostEvents == 42)
    }

    @Test("Half a line that waits too long is stored as bad, answered no_newline, and the connection closed")
    func halfLine() throws {
        let folder = try TestFolder()
        var configuration = folder.configuration
        configuration.halfLinePatience = .milliseconds(100)
        let collector = try RunningCollector.start(configuration)
        let connection = try IntakeConnection(to: folder.socket)
        connection.send(Lines.bare() + #"{"event":"rej"#)
        let answer = try connection.answer()
        #expect(answer["err"]?.stringValue == "no_newline")
        #expect(answer.count("line") == 2)
        #expect(connection.line() == nil)
        try collector.stop()
        let status = try AuditReader(path: folder.database).status()
        #expect(status.badLines == 1)
        #expect(status.events == 1)
    }

    @Test("64 MiB without a newline are answered no_newline, and the connection closed")
    func noNewline() throws {
        let folder = try TestFolder()
        let collector = try RunningCollector.start(folder.configuration)
        let connection = try IntakeConnection(to: folder.socket)
        connection.send("{")
        let chunk = [UInt8](repeating: 0x20, count: 1 << 20)
        for _ in 0..<64 where !connection.send(chunk) { break }
        #expect(try connection.answer()["err"]?.stringValue == "no_newline")
        #expect(connection.line() == nil)
        try collector.stop()
        #expect(try AuditReader(path: folder.database).status().badLines == 1)
    }

    @Test("Random bytes never harm the collector: it serves the next client")
    func garbage() throws {
        let folder = try TestFolder()
        let collector = try RunningCollector.start(folder.configuration)
        let seed = UInt64.random(in: .min ... .max)
        var random = SeededGenerator(seed: seed)
        for _ in 0..<20 {
            let connection = try IntakeConnection(to: folder.socket)
            let length = Int(random.next() % 100_000)
            connection.send("{" + String(repeating: " ", count: Int(random.next() % 3)))
            connection.send((0..<length).map { _ in UInt8(truncatingIfNeeded: random.next()) })
        }
        let connection = try IntakeConnection(to: folder.socket)
        _ = try connection.greet(producer: Lines.producer())
        connection.send(Lines.event(1))
        try connection.waitForAck(1)
        try collector.stop()
        #expect(try AuditReader(path: folder.database).status().events == 1, "seed \(seed)")
    }
}

extension TestFolder {
    var database: String { self["audit.db"] }
    var socket: String { self["ingest.sock"] }

    /// A collector's configuration in this folder.
    var configuration: CollectorConfiguration {
        CollectorConfiguration(databasePath: database, socketPath: socket)
    }
}
