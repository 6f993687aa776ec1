import AuditEvents
import Testing

@testable import mtlstop

@Suite("mtlstop doctor, as a process")
struct DoctorCommandTests {
    private func findings(_ output: String) throws -> [JSONValue] {
        try output.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
    }

    @Test("On a machine without a database it ends with 0, one JSON object a check")
    func freshMachine() throws {
        let folder = try TestFolder()
        let child = try ChildProcess(["doctor", "--db", folder["audit.db"], "--socket", folder["x.sock"]], in: folder)
        #expect(try child.wait() == 0)
        #expect(child.errors.isEmpty)
        let checks = try findings(child.output)
        let names = checks.compactMap { $0["check"]?.stringValue }
        for name in [
            "database", "space", "lock", "socket", "settings", "systemd", "datagrams", "buffers", "files", "sqlite",
            "openssl", "clock", "terminal",
        ] {
            #expect(names.contains(name), "\(name)")
        }
        for check in checks {
            #expect(["ok", "warning"].contains(check["level"]?.stringValue))
            #expect((check["mend"]?.isNull == true) == (check["level"] == .string("ok")))
        }
    }

    @Test("A problem ends with 1, and the table shows its mend")
    func problem() throws {
        let folder = try TestFolder()
        let file = try folder.write(Array("not a database".utf8), to: "notes.txt")
        let arguments = ["doctor", "--db", file, "--socket", folder["x.sock"], "--format", "table"]
        let child = try ChildProcess(arguments, in: folder)
        #expect(try child.wait() == 1)
        let lines = child.output.split(separator: "\n").map(String.init)
        #expect(lines.contains { $0.hasPrefix("problem  database") })
        #expect(lines.contains { $0.hasSuffix("mend: give --db another path") })
    }

    @Test("A collector at work is seen: its process, its lock and its events")
    func collectorAtWork() throws {
        let folder = try PrivateFolder()
        defer { folder.remove() }
        let (database, socket) = (folder.path + "/audit.db", folder.path + "/in.sock")
        let collector = try RunningCollector.start(
            CollectorConfiguration(databasePath: database, socketPath: socket)
        )
        let places = Places(database: database, socket: socket)
        let terminal = TerminalCheck(environment: Environment([:]), size: nil)
        let findings = Checkup(places: places, clock: Clock(frozen: nil), terminal: terminal).findings()
        #expect(!findings.contains { $0.level == .problem })
        #expect(findings.contains { $0.check == "events" && $0.text.hasPrefix("0 events") })
        #expect(findings.contains { $0.check == "socket" && $0.text.contains("listens on") })
        #expect(findings.contains { $0.check == "lock" && $0.text.contains("writes the database") })
        try collector.stop()
    }

    @Test("A settings file that cannot be understood is found before a restart finds it")
    func settings() throws {
        let folder = try TestFolder()
        _ = try folder.write(Array(#"{"rateLimit":"many"}"#.utf8), to: "collect.json")
        let arguments = [
            "doctor", "--db", folder["audit.db"], "--socket", folder["x.sock"], "--config", folder.path,
        ]
        let child = try ChildProcess(arguments, in: folder)
        #expect(try child.wait() == 1)
        let found = try findings(child.output).first { $0["check"] == .string("settings") }
        #expect(found?["level"] == .string("problem"))
        #expect(found?["text"]?.stringValue?.hasPrefix(folder["collect.json"]) == true)
    }

    @Test("A damaged page is found, and the doctor says what to do")
    func damage() throws {
        let log = try SampleLog.whole()
        #expect(SoundnessCheck(databasePath: log.database).finding()?.level == .ok)
        let copy = log.folder["copy.db"]
        var bytes = try Self.checkpointedCopy(of: log)
        // The b-tree header of a page in the middle.
        let page = 4096 * (bytes.count / 4096 / 2)
        for offset in 0..<200 { bytes[page + offset] = 0xA5 }
        _ = try log.folder.write(bytes, to: "copy.db")
        let finding = try #require(SoundnessCheck(databasePath: copy).finding())
        #expect(finding.level == .problem && finding.text.contains("damaged"), "\(finding.text)")
        #expect(finding.mend?.contains("mtlstop verify") == true)
    }

    /// The bytes of the database as `VACUUM INTO` writes them: one file, nothing in a log beside it.
    private static func checkpointedCopy(of log: SampleLog) throws -> [UInt8] {
        let child = try ChildProcess(
            [log.database, "VACUUM INTO '\(log.folder["whole.db"])'"],
            in: log.folder,
            label: "sqlite3",
            program: "/usr/bin/sqlite3"
        )
        try #require(try child.wait() == 0, "\(child.errors)")
        return try #require(FileFacts.head(of: log.folder["whole.db"], count: 16 << 20))
    }
}
