import AuditEvents
import SafeText
import Testing

@Suite("Reports as other programs read them")
struct ReportReadingTests {
    /// What a canonical event has; CEF has no place for two of them, OCSF for one.
    private static let fields = [
        "id", "time", "outcome", "reason", "class", "ip", "method", "path", "service", "cn", "subject", "issuer",
        "serial", "sha256",
    ]
    private static let absent = ["cef": ["class", "cn"], "ocsf": ["cn"]]
    private static let lossless: Set<String> = ["json", "ndjson", "ecs", "ocsf"]

    @Test(
        "An independent reader gets the same events back, hostile names too",
        arguments: ["json", "ndjson", "csv", "ecs", "ocsf", "cef", "leef", "syslog"]
    )
    func sameEvents(_ format: String) throws {
        let log = try HostileLog.make()
        let original = try events(log.run(["events", "--reverse", "--format", "ndjson"]).1)
        let read = try Self.script("read.py", format, on: log)
        #expect(read.status == 0, "\(read.errors)")
        let events = try events(read.output)
        #expect(events.count == original.count && events.count == HostileLog.names.count * 2 + 2)
        for (event, source) in zip(events, original) { compare(event, source, format) }
    }

    @Test("Every ECS and OCSF event keeps the schema's rules", arguments: ["ecs", "ocsf"])
    func schema(_ format: String) throws {
        let log = try HostileLog.make()
        let result = try Self.script("validate.py", format, on: log)
        #expect(result.status == 0, "\(result.output)\(result.errors)")
        #expect(result.output == "\(HostileLog.names.count * 2 + 2)\n")
    }

    @Test("The schema check does notice a wrong event")
    func schemaCheckWorks() throws {
        let folder = try TestFolder()
        let input = try folder.write(Array("{\"class_uid\":3001,\"time\":\"now\",\"extra\":1}\n".utf8), to: "in")
        let child = try ChildProcess(
            [ReportFixtures.path("validate.py"), "ocsf"],
            in: folder,
            input: input,
            program: "/usr/bin/python3"
        )
        #expect(try child.wait() == 1)
        for complaint in ["user is missing", "class_uid is [3001]", "time: 'now'", "extra is no field"] {
            #expect(child.output.contains(complaint), "\(child.output)")
        }
    }

    @Test("Formats with a record a line have as many lines as events", arguments: ["csv", "cef", "leef", "syslog"])
    func lines(_ format: String) throws {
        let log = try HostileLog.make()
        let output = try log.run(["report", "--format", format]).1
        let count = HostileLog.names.count * 2 + 2 + (format == "csv" ? 1 : 0)
        #expect(output.utf8.count { $0 == 0x0A } == count)
        #expect(!output.unicodeScalars.contains { $0 != "\n" && $0 != "\r" && $0 != "\t" && $0.value < 0x20 })
    }

    private func events(_ text: String) throws -> [JSONValue] {
        try text.split(separator: "\n").map { try JSONValue(parsing: Array($0.utf8)) }
    }

    private func compare(_ event: JSONValue, _ source: JSONValue, _ format: String) {
        for field in Self.fields where !(Self.absent[format] ?? []).contains(field) {
            let original = Self.original(field, source)
            let expected = Self.lossless.contains(format) ? original : original.map { SafeText($0).string }
            #expect(event[field]?.stringValue == expected, "\(field) of event \(source["id"] ?? .null) in \(format)")
        }
    }

    /// The field in what `mtlstop events` prints; an empty text counts as absent.
    private static func original(_ field: String, _ event: JSONValue) -> String? {
        let value: JSONValue?
        switch field {
        case "ip", "method", "path": value = event["request"]?[field]
        case "cn", "subject", "issuer", "serial", "sha256": value = event["certificate"]?[field]
        default: value = event[field]
        }
        if case .number(let digits)? = value { return digits }
        guard let text = value?.stringValue, !text.isEmpty else { return nil }
        return field == "serial" ? text.lowercased() : text
    }

    private static func script(
        _ name: String,
        _ format: String,
        on log: SampleLog
    ) throws -> (status: Int32, output: String, errors: String) {
        let path = log.folder["report.\(format)"]
        let (status, _, errors) = try log.run(["report", "--format", format, "-o", path])
        try #require(status == 0, "\(errors)")
        let child = try ChildProcess(
            [ReportFixtures.path(name), format],
            in: log.folder,
            label: "python",
            input: path,
            program: "/usr/bin/python3"
        )
        return (try child.wait(), child.output, child.errors)
    }
}
