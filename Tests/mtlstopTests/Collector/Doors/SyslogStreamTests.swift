import AuditStore
import Glibc
import TestSupport
import Testing

@testable import mtlstop

/// Syslog on the stream socket: lines, and frames that count octets.
@Suite("Syslog on the intake socket")
struct SyslogStreamTests {
    private func paths(_ folder: TestFolder) throws -> [String] {
        try AuditReader(path: folder.database).events(EventQuery(order: .oldestFirst, limit: 1000)).rows.map {
            $0.path ?? ""
        }
    }

    private func frame(_ path: String, end: String = "\n") -> String {
        let message = "<134>1 2026-11-23T14:04:47.5Z - haproxy 12 - - " + Records.nginx(path) + end
        return "\(message.utf8.count) \(message)"
    }

    @Test("Frames are taken wherever the stream is cut, and nothing is answered")
    func frames() throws {
        let folder = try TestFolder()
        let collector = try RunningCollector.start(folder.configuration)
        let connection = try IntakeConnection(to: folder.socket)
        let bytes = Array((0..<50).map { frame("/\($0)", end: $0.isMultiple(of: 2) ? "\n" : "") }.joined().utf8)
        let seed = UInt64.random(in: 1...UInt64.max)
        var generator = SeededGenerator(seed: seed)
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = Int.random(in: 1...700, using: &generator)
            connection.send(Array(rest.prefix(count)))
            rest = rest.dropFirst(count)
        }
        connection.finishSending()
        #expect(connection.line() == nil, "seed \(seed)")
        #expect(try paths(folder) == (0..<50).map { "/\($0)" }, "seed \(seed)")
        let row = try AuditReader(path: folder.database).events(EventQuery(limit: 1)).rows.first
        #expect(row?.reporter.application == "haproxy" && row?.reporter.pid == Int(getpid()))
        try collector.stop()
    }

    @Test("A frame without a length is kept as a bad one, and reading goes on behind the next newline")
    func badFrames() throws {
        let folder = try TestFolder()
        let collector = try RunningCollector.start(folder.configuration)
        let connection = try IntakeConnection(to: folder.socket)
        connection.send(frame("/1") + "12x34 hello\n" + frame("/2") + "123456789 x\n" + frame("/3") + "7 <1")
        connection.finishSending()
        #expect(connection.line() == nil)
        #expect(try paths(folder) == ["/1", "/2", "/3"])
        let bad = try AuditReader(path: folder.database).badLines()
        #expect(bad.map(\.code) == ["bad_frame", "bad_frame", "bad_frame"])
        try collector.stop()
    }

    @Test("A frame over the limit is skipped by its length, the next one is taken")
    func largeFrames() throws {
        let folder = try TestFolder()
        let collector = try RunningCollector.start(folder.configuration)
        let connection = try IntakeConnection(to: folder.socket)
        connection.send("300000 " + String(repeating: "9", count: 300_000) + frame("/after"))
        connection.finishSending()
        #expect(connection.line() == nil)
        #expect(try paths(folder) == ["/after"])
        let bad = try AuditReader(path: folder.database).badLines().first
        #expect(bad?.code == "line_too_long" && bad?.length == 300_000)
        try collector.stop()
    }

    @Test("A connection that begins with < brings syslog lines")
    func lines() throws {
        let folder = try TestFolder()
        let collector = try RunningCollector.start(folder.configuration)
        let connection = try IntakeConnection(to: folder.socket)
        connection.send(
            Records.datagram("/1") + "\n" + Records.datagram("/2") + "\r\n<134>nonsense\n" + Records.nginx("/3") + "\n"
        )
        connection.send("<86>{\"event\":\"rejected\",\"reason\":\"callback_returned_false\",\"path\":\"/4\"}")
        connection.finishSending()
        #expect(connection.line() == nil)
        #expect(try paths(folder) == ["/1", "/2", "/3", "/4"])
        #expect(try AuditReader(path: folder.database).badLines().map(\.code) == ["bad_json"])
        try collector.stop()
    }
}
