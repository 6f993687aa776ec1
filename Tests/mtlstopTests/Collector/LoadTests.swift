import AuditEvents
import AuditStore
import Glibc
import Testing

@testable import mtlstop

/// Many clients, rude clients, a full disk.
@Suite("The collector under load")
struct LoadTests {
    @Test("A client that never reads cannot stop the others")
    func neverReads() throws {
        let folder = try TestFolder()
        let collector = try RunningCollector.start(folder.configuration)
        let deaf = try IntakeConnection(to: folder.socket)
        // Each line is refused; the answers are many times what the socket holds.
        deaf.send("{}\n" + String(repeating: "x\n", count: 100_000))
        deaf.finishSending()
        let connection = try IntakeConnection(to: folder.socket)
        _ = try connection.greet(producer: Lines.producer())
        connection.send(Lines.event(1))
        try connection.waitForAck(1)
        try collector.stop()
        #expect(try AuditReader(path: folder.database).status().badLines == 100_001)
    }

    @Test("A bare client that writes, is answered and closes without reading loses nothing")
    func goesAway() throws {
        let folder = try TestFolder()
        let collector = try RunningCollector.start(folder.configuration)
        let count = 20_000
        for _ in 0..<3 {
            let connection = try IntakeConnection(to: folder.socket)
            let lines = (0..<count).map { $0 % 10 == 0 ? "{\"event\":\"maybe\"}\n" : Lines.bare(path: "/\($0)") }
            connection.send(lines.joined())
        }
        try collector.stop()
        let status = try AuditReader(path: folder.database).status()
        #expect(status.events == Int64(3 * count / 10 * 9))
        #expect(status.badLines == Int64(3 * count / 10))
    }

    @Test("Three hundred connections at once are all served, each event once")
    func manyConnections() throws {
        let folder = try TestFolder()
        let collector = try RunningCollector.start(folder.configuration)
        let connections = try (0..<300).map { _ in try IntakeConnection(to: folder.socket) }
        for connection in connections {
            connection.send("{\"mtlstop\":1,\"producer\":\"\(Lines.producer())\",\"ack\":true}\n")
        }
        for connection in connections {
            #expect(try connection.answer().count("last") == 0)
            connection.send((1...20).map { Lines.event($0) }.joined())
        }
        for connection in connections { try connection.waitForAck(20) }
        try collector.stop()
        let status = try AuditReader(path: folder.database).status()
        #expect(status.events == 6000)
        #expect(status.producers == 300)
    }

    @Test("A collector that is stopped twice, or forgotten, ends once and leaves no socket")
    func stopTwice() throws {
        let folder = try TestFolder()
        let address = try #require(SocketAddress(path: folder.socket))
        let collector = try RunningCollector.start(folder.configuration)
        try collector.stop()
        try collector.stop()
        #expect(CollectorProbe.look(at: address) == .nothing)
        _ = try RunningCollector.start(folder.configuration)
        #expect(CollectorProbe.look(at: address) == .nothing)
    }

    @Test("Beyond the limit a connection is told that the collector is busy")
    func connectionLimit() throws {
        let folder = try TestFolder()
        var configuration = folder.configuration
        configuration.connectionLimit = 1
        let collector = try RunningCollector.start(configuration)
        let first = try IntakeConnection(to: folder.socket)
        _ = try first.greet(producer: Lines.producer())
        let second = try IntakeConnection(to: folder.socket)
        #expect(second.line() == "{\"notice\":\"busy\"}")
        #expect(second.line() == nil)
        try collector.stop()
    }

    /// A limit on the size of files stands in for a full disk: SQLite gets an error for every write beyond it.
    @Test("While the disk is full nothing is acknowledged; when there is room it goes on, on the same connection")
    func fullDisk() throws {
        let folder = try TestFolder()
        let collector = try CollectorProcess(in: folder)
        let connection = try collector.connect()
        _ = try connection.greet(producer: Lines.producer())
        connection.send(Lines.event(1))
        try connection.waitForAck(1)
        try limitFiles(of: collector, to: "40960")
        connection.send((2...2000).map { Lines.event($0, path: "/\($0)") }.joined())
        #expect(connection.line() == "{\"notice\":\"disk_full\"}")
        try limitFiles(of: collector, to: "unlimited")
        let others = try connection.waitForAck(2000)
        #expect(others.contains { $0["notice"]?.stringValue == "resumed" })
        #expect(try collector.terminate() == 0)
        let page = try AuditReader(path: folder.database).events(EventQuery(order: .oldestFirst, limit: 3000))
        #expect(page.rows.dropFirst().map(\.path) == (2...2000).map { "/\($0)" })
        #expect(page.rows.count == 2000)
    }

    private func limitFiles(of collector: CollectorProcess, to bytes: String) throws {
        let options = ["--pid", "\(collector.child.pid)", "--fsize=\(bytes):unlimited"]
        let tool = try ChildProcess(options, in: collector.folder, label: "prlimit", program: "/usr/bin/prlimit")
        #expect(try tool.wait() == 0, "\(tool.errors)")
    }
}
