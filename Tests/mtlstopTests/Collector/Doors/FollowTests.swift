import AuditStore
import Glibc
import Testing

@testable import mtlstop

/// `collect --follow`: log files, as they grow and are rotated.
@Suite("Followed files")
struct FollowTests {
    private func start(_ folder: TestFolder, patience: Duration = .milliseconds(30)) throws -> RunningCollector {
        var configuration = folder.configuration
        configuration.control = IntakeControl(IntakeSettings(followed: [folder["access.log"]]))
        configuration.rotationPatience = patience
        return try RunningCollector.start(configuration)
    }

    private func paths(_ folder: TestFolder) throws -> [String] {
        try AuditReader(path: folder.database).events(EventQuery(order: .oldestFirst, limit: 10_000)).rows
            .map { $0.path ?? "" }
    }

    private func expect(_ wanted: [String], in folder: TestFolder) throws {
        try wait { try paths(folder).count >= wanted.count }
        #expect(try paths(folder) == wanted)
    }

    private func names(_ range: ClosedRange<Int>) -> [String] { range.map { "/\($0)" } }

    @Test("What a file holds is taken, then what is appended; a half line waits for its newline")
    func grows() throws {
        let folder = try TestFolder()
        let log = try GrowingLog(folder["access.log"])
        log.write(names(1...3))
        let collector = try start(folder)
        try expect(names(1...3), in: folder)
        let line = Records.nginx("/4")
        log.write(text: String(line.prefix(100)))
        log.write(text: String(line.dropFirst(100)) + "\n" + Records.nginx("/5"))
        try expect(names(1...4), in: folder)
        log.write(text: "\n")
        try expect(names(1...5), in: folder)
        let row = try AuditReader(path: folder.database).events(EventQuery(limit: 1)).rows.first
        #expect(row?.reporter.application == folder["access.log"] && row?.reporter.producer != nil)
        try collector.stop()
    }

    @Test("A file that is not there yet, nor its folder, is waited for")
    func missing() throws {
        let folder = try TestFolder()
        var configuration = folder.configuration
        configuration.control = IntakeControl(IntakeSettings(followed: [folder["logs/access.log"]]))
        let collector = try RunningCollector.start(configuration)
        try #require(mkdir(folder["logs"], 0o700) == 0)
        let log = try GrowingLog(folder["logs/access.log"])
        log.write(names(1...2))
        try expect(names(1...2), in: folder)
        try collector.stop()
    }

    @Test("A renamed file is read to its end, also what is written to it late, before the new one")
    func renamed() throws {
        let folder = try TestFolder()
        let log = try GrowingLog(folder["access.log"])
        let collector = try start(folder, patience: .milliseconds(300))
        log.write(names(1...10))
        try expect(names(1...10), in: folder)
        rename(folder["access.log"], folder["access.log.1"])
        let next = try GrowingLog(folder["access.log"])
        next.write(names(13...14))
        log.write(text: Records.nginx("/11") + "\n" + Records.nginx("/12"))
        try expect(names(1...14), in: folder)
        try collector.stop()
        #expect(try AuditReader(path: folder.database).losses().isEmpty)
    }

    @Test("A file that was copied and cut goes on with what the copy has beyond what was read")
    func copiedAndCut() throws {
        let folder = try TestFolder()
        let log = try GrowingLog(folder["access.log"])
        let first = try start(folder)
        log.write(names(1...10))
        try expect(names(1...10), in: folder)
        // While nobody reads, so that the copy holds lines that were never seen.
        try first.stop()
        log.write(names(11...20))
        try folder.copy("access.log", to: "access.log.1")
        log.cut()
        log.write(names(21...22))
        let second = try start(folder)
        try expect(names(1...22), in: folder)
        // And while it is watched.
        try folder.copy("access.log", to: "access.log.2")
        log.cut()
        log.write(names(23...23))
        try expect(names(1...23), in: folder)
        try second.stop()
        #expect(try AuditReader(path: folder.database).losses().isEmpty)
    }

    @Test("Renamed while the collector was down: the old file is finished first; gone altogether: a loss row says so")
    func rotatedWhileDown() throws {
        let folder = try TestFolder()
        let log = try GrowingLog(folder["access.log"])
        log.write(names(1...5))
        let first = try start(folder)
        try expect(names(1...5), in: folder)
        try first.stop()
        log.write(names(6...7))
        rename(folder["access.log"], folder["access.log-20261123"])
        let next = try GrowingLog(folder["access.log"])
        next.write(names(8...9))
        let second = try start(folder)
        try expect(names(1...9), in: folder)
        try second.stop()
        next.write(names(10...10))
        unlink(folder["access.log"])
        let last = try GrowingLog(folder["access.log"])
        last.write(["/other"])
        let third = try start(folder)
        try expect(names(1...9) + ["/other"], in: folder)
        try third.stop()
        #expect(try AuditReader(path: folder.database).losses().map(\.kind) == ["rotation"])
    }

    @Test("Lines that are too long, broken or no UTF-8 do no harm to their neighbours")
    func hostile() throws {
        let folder = try TestFolder()
        let log = try GrowingLog(folder["access.log"])
        let collector = try start(folder)
        log.write(names(1...1))
        log.write(text: String(repeating: "x", count: 3 << 20) + "\n")
        log.write(names(2...2))
        log.write(bytes: Array(Records.nginx("/").utf8.dropLast(2)) + [0xff, 0x22, 0x7d, 0x0a])
        log.write(text: "\n\n\u{0}\n{\"src\":\"nginx\"\n")
        log.write(names(3...3))
        try wait { try paths(folder).count == 3 + 0 || paths(folder).last == "/3" }
        #expect(try paths(folder).contains("/2") && paths(folder).last == "/3")
        let bad = try AuditReader(path: folder.database).badLines()
        #expect(bad.contains { $0.code == "line_too_long" && $0.length == 3 << 20 })
        try collector.stop()
    }

    @Test("kill -9 at any time, while lines are written and files renamed: every line is stored exactly once")
    func killed() throws {
        let folder = try TestFolder()
        let log = RotatingLog(folder)
        var label = 0
        for _ in 0..<8 {
            label += 1
            let collector = try CollectorProcess(
                in: folder,
                options: ["--follow", folder["access.log"]],
                label: "collect-\(label)"
            )
            try log.write(1500)
            // A file that was never begun is not looked for when it is rotated away.
            if label == 1 { try wait { try AuditReader(path: folder.database).status().events > 0 } }
            try log.rotate()
            try log.write(400)
            // Wherever it is now: somewhere in these lines, with both files open.
            try collector.kill()
            try log.write(100)
        }
        let last = try CollectorProcess(in: folder, options: ["--follow", folder["access.log"]], label: "last")
        let reader = try AuditReader(path: folder.database)
        try? wait(atMost: .seconds(40)) { try reader.status().events >= Int64(log.written) }
        #expect(try last.terminate() == 0)
        let page = try AuditReader(path: folder.database).events(
            EventQuery(order: .oldestFirst, limit: log.written + 10)
        )
        #expect(page.rows.map { $0.path ?? "" } == (1...log.written).map { "/\($0)" })
    }

    @Test(
        "Rotated several times while the collector was down: the files are read in their order; a compressed one is told of"
    )
    func rotatedOften() throws {
        let folder = try TestFolder()
        let log = RotatingLog(folder)
        try log.write(5)
        let first = try start(folder)
        try expect(names(1...5), in: folder)
        try first.stop()
        for _ in 0..<3 {
            try log.write(2)
            try log.rotate(isOld: true)
        }
        try log.write(1)
        let second = try start(folder)
        try expect(names(1...12), in: folder)
        try second.stop()
        #expect(try AuditReader(path: folder.database).losses().isEmpty)
        try log.rotate(isOld: true)
        try log.write(1)
        try log.rotate(isOld: true)
        rename(folder["access.log.5"], folder["access.log.5.gz"])
        try log.write(1)
        let third = try start(folder)
        try expect(names(1...12) + ["/14"], in: folder)
        try third.stop()
        #expect(try AuditReader(path: folder.database).losses().first?.detail?.contains("access.log.5.gz") == true)
    }

    @Test("A directory cannot be followed")
    func directory() throws {
        let folder = try TestFolder()
        let child = try ChildProcess(
            ["collect", "--db", folder.database, "--socket", folder.socket, "--follow", folder.path],
            in: folder
        )
        #expect(try child.wait() == 66, "\(child.errors)")
    }
}
