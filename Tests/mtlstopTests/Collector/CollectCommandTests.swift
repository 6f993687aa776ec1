import AuditEvents
import AuditStore
import Glibc
import Testing

@testable import mtlstop

/// The daemon as a process: its exit codes, its socket, its death.
@Suite("mtlstop collect")
struct CollectCommandTests {
    private func run(_ options: [String], in folder: TestFolder, label: String = "second") throws -> ChildProcess {
        try ChildProcess(["collect"] + options, in: folder, label: label)
    }

    private func places(_ folder: TestFolder) -> [String] {
        ["--db", folder.database, "--socket", folder.socket]
    }

    @Test("SIGTERM and SIGINT drain what was sent, remove the socket and exit 0", arguments: [SIGTERM, SIGINT])
    func signals(_ number: Int32) throws {
        let folder = try TestFolder()
        let collector = try CollectorProcess(in: folder)
        let connection = try collector.connect()
        connection.send((0..<2000).map { Lines.bare(path: "/\($0)") }.joined())
        connection.finishSending()
        collector.child.signal(number)
        #expect(try collector.child.wait() == 0, "\(collector.child.errors)")
        #expect(try AuditReader(path: folder.database).status().events == 2000)
        #expect(CollectorProbe.look(at: try #require(SocketAddress(path: folder.socket))) == .nothing)
    }

    @Test("A second collector on the socket is refused with 75, naming the first's pid")
    func socketHeld() throws {
        let folder = try TestFolder()
        let collector = try CollectorProcess(in: folder)
        let second = try run(["--db", folder["other.db"], "--socket", folder.socket], in: folder)
        #expect(try second.wait() == 75)
        #expect(second.errors.contains("\(collector.child.pid)"), "\(second.errors)")
        #expect(second.errors.hasPrefix("mtlstop: \(folder.socket): "))
        #expect(second.errors.filter { $0 == "\n" }.count == 1)
        #expect(try collector.terminate() == 0)
    }

    @Test("A second collector on the database is refused with 75, naming the first's pid")
    func databaseHeld() throws {
        let folder = try TestFolder()
        let collector = try CollectorProcess(in: folder)
        let second = try run(["--db", folder.database, "--socket", folder["other.sock"]], in: folder)
        #expect(try second.wait() == 75)
        #expect(second.errors.contains("\(collector.child.pid)"), "\(second.errors)")
        #expect(access(folder["other.sock"], F_OK) != 0)
        #expect(try collector.terminate() == 0)
    }

    @Test("A socket path that is a file, or too long, is refused with 73 and left alone")
    func badSocketPath() throws {
        let folder = try TestFolder()
        let file = try folder.write(Array("precious".utf8), to: "file")
        let onFile = try run(["--db", folder.database, "--socket", file], in: folder, label: "file-run")
        #expect(try onFile.wait() == 73)
        #expect(folder.text(of: "file") == "precious")
        let long = folder[String(repeating: "x", count: 120)]
        let tooLong = try run(["--db", folder.database, "--socket", long], in: folder, label: "long")
        #expect(try tooLong.wait() == 73)
        #expect(access(folder.database, F_OK) != 0, "a refused start makes no database")
    }

    @Test("A file that is no database is refused with 65 and left alone")
    func noDatabase() throws {
        let folder = try TestFolder()
        let text = String(repeating: "this is a letter, not a database\n", count: 100)
        _ = try folder.write(Array(text.utf8), to: "audit.db")
        let collector = try run(places(folder), in: folder)
        #expect(try collector.wait() == 65)
        #expect(folder.text(of: "audit.db") == text)
        #expect(access(folder.socket, F_OK) != 0)
    }

    @Test("A socket that a killed collector left behind is taken over")
    func staleSocket() throws {
        let folder = try TestFolder()
        let first = try CollectorProcess(in: folder)
        try first.kill()
        #expect(CollectorProbe.look(at: try #require(SocketAddress(path: folder.socket))) == .stale)
        let second = try CollectorProcess(in: folder)
        let connection = try second.connect()
        _ = try connection.greet(producer: Lines.producer())
        connection.send(Lines.event(1))
        try connection.waitForAck(1)
        #expect(try second.terminate() == 0)
    }

    @Test("The socket gets the mode that was asked for", arguments: ["0600", "0660", "0666"])
    func mode(_ bits: String) throws {
        let folder = try TestFolder()
        let collector = try CollectorProcess(in: folder, options: ["--mode", bits])
        var status = stat()
        #expect(lstat(folder.socket, &status) == 0)
        #expect(status.st_mode & 0o777 == mode_t(bits, radix: 8))
        #expect(CollectorService.listener(at: folder.socket) == collector.child.pid)
        #expect(try collector.terminate() == 0)
    }

    @Test("A mode that is no octal number is a usage error")
    func badMode() throws {
        let folder = try TestFolder()
        let collector = try run(places(folder) + ["--mode", "rw-rw----"], in: folder)
        #expect(try collector.wait() == 64)
    }

    @Test("After kill -9 ten times in mid-load every acknowledged event is stored exactly once")
    func killedInMidLoad() throws {
        let folder = try TestFolder()
        let producer = Lines.producer()
        var acknowledged: UInt64 = 0
        var sent: UInt64 = 0
        for round in 0..<10 {
            let collector = try CollectorProcess(in: folder, label: "collect-\(round)")
            let connection = try collector.connect()
            let last = try connection.greet(producer: producer)
            #expect(last >= acknowledged, "what was acknowledged is durable")
            sent = max(sent, last + 1500)
            let lines = (last + 1...sent).map { Lines.event($0, path: "/n/\($0)") }
            connection.send(lines.joined())
            try connection.waitForAck(last + 1)
            // Right behind an ack, while the rest of the load is under way.
            acknowledged = last + 1
            try collector.kill()
        }
        let collector = try CollectorProcess(in: folder, label: "collect-last")
        let connection = try collector.connect()
        let last = try connection.greet(producer: producer)
        #expect(last >= acknowledged)
        if last < sent {
            connection.send((last + 1...sent).map { Lines.event($0, path: "/n/\($0)") }.joined())
            try connection.waitForAck(sent)
        }
        #expect(try collector.terminate() == 0)
        let reader = try AuditReader(path: folder.database)
        let page = try reader.events(EventQuery(order: .oldestFirst, limit: Int(sent) + 10))
        #expect(page.rows.map { $0.path ?? "" } == (1...sent).map { "/n/\($0)" })
        #expect(try reader.status().lostEvents == 0)
    }
}
