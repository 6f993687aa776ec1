import AuditEvents
import AuditStore
import Glibc
import Testing

@testable import mtlstop

/// `mtlstop send`: exit codes, bad lines, restarts.
@Suite("mtlstop send")
struct SendCommandTests {
    private func send(_ text: String, in folder: TestFolder) throws -> ChildProcess {
        let input = try folder.write(Array(text.utf8), to: "input.ndjson")
        return try ChildProcess(["send", "--socket", folder.socket], in: folder, label: "send", input: input)
    }

    @Test("All events are durable when it ends with 0; a seq in the input means nothing")
    func sends() throws {
        let folder = try TestFolder()
        let collector = try RunningCollector.start(folder.configuration)
        let lines = (1...5000).map { Lines.event(UInt64(9000 - $0 % 7), path: "/\($0)") }
        let child = try send(
            lines.joined() + #"{"seq":"x","event":"rejected"}"# + "\n" + Lines.bare().dropLast(),
            in: folder
        )
        #expect(try child.wait() == 0, "\(child.errors)")
        let reader = try AuditReader(path: folder.database)
        #expect(try reader.status().events == 5002)
        let page = try reader.events(EventQuery(order: .oldestFirst, limit: 5000))
        #expect(page.rows.map(\.path) == (1...5000).map { "/\($0)" })
        try collector.stop()
        #expect(try reader.status().lostEvents == 0)
    }

    @Test("Bad lines are named with their number, the others are sent, and it ends with 65")
    func badLines() throws {
        let folder = try TestFolder()
        let collector = try RunningCollector.start(folder.configuration)
        let text = Lines.bare() + "\n{\"event\":\"maybe\"}\nnonsense\n" + Lines.bare() + "{\"bye\":1}\n" + Lines.bare()
        let child = try send(text, in: folder)
        #expect(try child.wait() == 65)
        #expect(child.errors.contains("line 3: "), "\(child.errors)")
        #expect(child.errors.contains("line 4: "))
        #expect(child.errors.contains("line 6: "))
        try collector.stop()
        let status = try AuditReader(path: folder.database).status()
        #expect(status.events == 3)
        #expect(status.badLines == 0, "they were not sent")
    }

    @Test("Without a collector it ends with 69")
    func noCollector() throws {
        let folder = try TestFolder()
        let child = try send(Lines.bare(), in: folder)
        #expect(try child.wait() == 69)
        #expect(child.errors.contains(folder.socket))
        #expect(child.errors.filter { $0 == "\n" }.count == 1)
    }

    @Test("A collector that is killed and started again loses nothing and stores nothing twice")
    func survivesRestart() throws {
        let folder = try TestFolder()
        let first = try CollectorProcess(in: folder, label: "first")
        let pipe = folder["input.pipe"]
        #expect(mkfifo(pipe, 0o600) == 0)
        // Opened for both so that neither side waits for the other.
        let feed = open(pipe, O_RDWR | O_CLOEXEC)
        let child = try ChildProcess(["send", "--socket", folder.socket], in: folder, label: "send", input: pipe)
        let half = (1...200).map { Lines.event($0, path: "/\($0)") }.joined()
        #expect(write(feed, half, half.utf8.count) == half.utf8.count)
        try waitForEvents(200, in: folder)
        try first.kill()
        let rest = (201...400).map { Lines.event($0, path: "/\($0)") }.joined()
        #expect(write(feed, rest, rest.utf8.count) == rest.utf8.count)
        let second = try CollectorProcess(in: folder, label: "second")
        close(feed)
        #expect(try child.wait() == 0, "\(child.errors)")
        #expect(try second.terminate() == 0)
        let page = try AuditReader(path: folder.database).events(EventQuery(order: .oldestFirst, limit: 1000))
        #expect(page.rows.map(\.path) == (1...400).map { "/\($0)" })
    }

    private func waitForEvents(_ count: Int64, in folder: TestFolder) throws {
        let reader = try AuditReader(path: folder.database)
        let deadline = ContinuousClock.now + .seconds(30)
        while try reader.status().events < count {
            if ContinuousClock.now > deadline { throw Overdue(what: "\(count) events") }
            poll(nil, 0, 5)
        }
    }
}
