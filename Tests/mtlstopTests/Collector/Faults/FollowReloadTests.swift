import AuditEvents
import AuditStore
import Glibc
import Testing

@testable import mtlstop

@Suite("Which files are followed")
struct FollowReloadTests {
    @Test(
        "SIGHUP reads the list of followed files again: what is added is read, what is removed is left, what comes back goes on"
    )
    func reload() throws {
        let folder = try TestFolder()
        let (first, second) = (try GrowingLog(folder["a.log"]), try GrowingLog(folder["b.log"]))
        try Self.settings(["a.log"], in: folder)
        let collector = try CollectorProcess(in: folder, options: ["--config", folder.path])
        first.write(["/a1", "/a2"])
        second.write(["/b1"])
        try Self.expect(["/a1", "/a2"], in: folder)

        try Self.reload(["a.log", "b.log"], collector, folder, until: "settings are read again")
        try Self.expect(["/a1", "/a2", "/b1"], in: folder)

        try Self.reload(["b.log"], collector, folder, until: "following \(folder["a.log"]) no more")
        first.write(["/a3"])
        second.write(["/b2"])
        try Self.expect(["/a1", "/a2", "/b1", "/b2"], in: folder)

        _ = try folder.write(Array(#"{"follow":["a.log"]}"#.utf8), to: "collect.json")
        collector.child.signal(SIGHUP)
        try wait { collector.child.errors.contains("no absolute path") }

        try Self.reload(["a.log"], collector, folder, until: "following \(folder["b.log"]) no more")
        try Self.expect(["/a1", "/a2", "/b1", "/b2", "/a3"], in: folder)
        second.write(["/b3"])
        #expect(try collector.terminate() == 0)
        try Self.expect(["/a1", "/a2", "/b1", "/b2", "/a3"], in: folder)

        try Self.settings(["b.log"], in: folder)
        let next = try CollectorProcess(in: folder, options: ["--config", folder.path], label: "next")
        try Self.expect(["/a1", "/a2", "/b1", "/b2", "/a3", "/b3"], in: folder)
        #expect(try next.terminate() == 0)
        let reader = try AuditReader(path: folder.database)
        #expect(try reader.losses().isEmpty)
        #expect(try LedgerVerifier(path: folder.database).run().findings.isEmpty)
    }

    @Test("A file that is given up and taken again at once goes on where it was left, though nothing is durable yet")
    func atOnce() throws {
        let folder = try TestFolder()
        let log = try GrowingLog(folder["a.log"])
        let settings = IntakeSettings(followed: [folder["a.log"]])
        var configuration = folder.configuration
        configuration.control = IntakeControl(settings)
        let collector = try RunningCollector.start(configuration)
        let names = (1...400).map { "/\($0)" }
        for start in stride(from: 0, to: names.count, by: 20) {
            log.write(Array(names[start..<start + 20]))
            configuration.control.replace(IntakeSettings())
            configuration.control.replace(settings)
        }
        try Self.expect(names, in: folder)
        try collector.stop()
    }

    private static func settings(_ names: [String], in folder: TestFolder) throws {
        let list = names.map { "\"\(folder[$0])\"" }.joined(separator: ",")
        _ = try folder.write(Array("{\"follow\":[\(list)]}".utf8), to: "collect.json")
    }

    private static func reload(
        _ names: [String],
        _ collector: CollectorProcess,
        _ folder: TestFolder,
        until words: String
    ) throws {
        try settings(names, in: folder)
        collector.child.signal(SIGHUP)
        try wait { collector.child.errors.contains(words) }
    }

    private static func expect(_ wanted: [String], in folder: TestFolder) throws {
        func paths() throws -> [String] {
            let query = EventQuery(order: .oldestFirst, limit: 1000)
            return try AuditReader(path: folder.database).events(query).rows.map { $0.path ?? "" }
        }
        try wait { try paths().count >= wanted.count }
        #expect(try paths() == wanted)
    }
}
