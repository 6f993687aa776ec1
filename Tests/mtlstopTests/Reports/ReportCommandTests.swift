import AuditEvents
import CertCore
import Testing

@Suite("mtlstop report")
struct ReportCommandTests {
    static let formats = ["html", "md", "json", "ndjson", "csv", "ecs", "ocsf", "cef", "leef", "syslog"]
    static let identity = ["--host", "audit-host", "--operator", "A. Auditor"]

    @Test("Each format prints what it always printed", arguments: formats)
    func golden(_ format: String) throws {
        let log = try SampleLog.whole()
        let (status, output, errors) = try log.run(["report", "--format", format] + Self.identity)
        #expect(status == 0 && errors.isEmpty, "\(errors)")
        // The database lies in another folder each time.
        let text = Self.withoutLedger(output.replacing(log.database, with: "/srv/audit.db"))
        try expectGolden(text, "report.\(format)", in: "reports")
    }

    /// The ledger of every log has keys of its own: what it says is compared elsewhere.
    private static func withoutLedger(_ text: String) -> String {
        guard let start = text.firstRange(of: "\"ledger\":{"), let end = text.firstRange(of: "},\"events\":[") else {
            return text
        }
        return text[..<start.upperBound] + "}" + text[end.lowerBound...]
    }

    @Test("The manifest beside a file has the counts, the size and the SHA-256 of what was written")
    func manifest() throws {
        let log = try SampleLog.whole()
        let path = log.folder["november.csv"]
        let (status, output, errors) = try log.run(
            ["report", "--format", "csv", "-o", path, "--since", "2026-11-23", "--until", "2026-11-24"])
        #expect(status == 0 && output.isEmpty && errors.isEmpty, "\(errors)")
        let report = Array(log.folder.text(of: "november.csv").utf8)
        let manifest = try JSONValue(parsing: Array(log.folder.text(of: "november.csv.manifest.json").utf8))
        #expect(manifest["tool"]?.stringValue == "mtlstop")
        #expect(manifest["created"]?.stringValue == "2026-11-23T13:20:00.000Z")
        #expect(manifest["since"]?.stringValue == "2026-11-23T00:00:00.000Z")
        let counts = try #require(manifest["counts"])
        #expect(counts["events"] == .number("6") && counts["authenticated"] == .number("3"))
        #expect(counts["rejected"] == .number("3"))
        guard case .array(let files)? = manifest["files"], let file = files.first else {
            Issue.record("the manifest names no file")
            return
        }
        #expect(file["name"]?.stringValue == "november.csv")
        #expect(file["bytes"] == .number("\(report.count)"))
        #expect(file["sha256"]?.stringValue == Fingerprint.sha256(of: report).hex)
        #expect(!log.folder.text(of: "november.csv").isEmpty)
    }

    @Test("On standard output a manifest is written only where it is asked for")
    func standardOutput() throws {
        let log = try SampleLog.whole()
        let path = log.folder["m.json"]
        let (status, output, _) = try log.run(["report", "--manifest", path])
        #expect(status == 0)
        let manifest = try JSONValue(parsing: Array(log.folder.text(of: "m.json").utf8))
        guard case .array(let files)? = manifest["files"] else {
            Issue.record("the manifest names no file")
            return
        }
        #expect(files.first?["sha256"]?.stringValue == Fingerprint.sha256(of: Array(output.utf8)).hex)
    }

    @Test("A format that does not exist is refused with the list of those that do; a bad folder is exit code 73")
    func refusals() throws {
        let log = try SampleLog.whole()
        let (status, _, errors) = try log.run(["report", "--format", "docx"])
        #expect(status == 64 && errors.contains("ndjson"), "\(errors)")
        let (noFolder, _, message) = try log.run(["report", "-o", log.folder["none/x.csv"]])
        #expect(noFolder == 73 && message.contains("No such file"), "\(message)")
    }

    @Test(
        "Options that would do nothing are refused",
        arguments: [
            ["--raw"], ["--sign", "key.pem"], ["--data", "csv"],
            ["--format", "html", "--data", "md", "-o", "/tmp/none.html"],
        ]
    )
    func idleOptions(_ options: [String]) throws {
        let (status, output, errors) = try SampleLog.whole().run(["report"] + options)
        #expect(status == 64 && output.isEmpty && errors.hasPrefix("mtlstop: "), "\(errors)")
    }

    @Test("The name of the file decides the format where none is asked for", arguments: formats)
    func formatOfName(_ format: String) throws {
        let log = try SampleLog.whole()
        let (status, _, errors) = try log.run(["report", "-o", log.folder["report.\(format)"]])
        #expect(status == 0, "\(errors)")
        let manifest = try JSONValue(parsing: Array(log.folder.text(of: "report.\(format).manifest.json").utf8))
        #expect(manifest["format"]?.stringValue == format)
    }

    @Test("The json report is one object whose counts are those of its events")
    func json() throws {
        let log = try SampleLog.whole()
        let report = try JSONValue(parsing: Array(log.run(["report", "--format", "json"]).1.utf8))
        guard case .array(let events)? = report["events"] else {
            Issue.record("no events")
            return
        }
        #expect(report["report"]?["counts"]?["events"] == .number("\(events.count)"))
        #expect(events.first?["id"] == .number("1"), "oldest first")
    }

    @Test("Only --raw lets a formula into CSV, and the manifest says so")
    func raw() throws {
        let log = try SampleLog.whole()
        let guarded = try log.run(["report", "--format", "csv"]).1
        #expect(guarded.contains("\"'=cmd") && !guarded.contains("\"=cmd"))
        let path = log.folder["raw.csv"]
        #expect(try log.run(["report", "--raw", "-o", path]).0 == 0)
        #expect(log.folder.text(of: "raw.csv").contains("\"=cmd"))
        #expect(log.folder.text(of: "raw.csv.manifest.json").contains("is not guarded"))
    }

    @Test("A document may have its data beside it, in the same manifest")
    func data() throws {
        let log = try SampleLog.whole()
        let path = log.folder["nov.html"]
        #expect(try log.run(["report", "-o", path, "--data", "ndjson", "outcome:rej"]).0 == 0)
        #expect(log.folder.text(of: "nov.html.ndjson").split(separator: "\n").count == 3)
        let (status, output, _) = try log.run(["verify", path + ".manifest.json"])
        #expect(status == 0 && output.contains("nov.html.ndjson: "), "\(output)")
    }

    @Test("A log without events makes a report in every format", arguments: formats)
    func empty(_ format: String) throws {
        let log = try SampleLog()
        let (status, output, errors) = try log.run(["report", "--format", format, "--since", "2027-01-01"])
        #expect(status == 0 && errors.isEmpty, "\(errors)")
        #expect(output.isEmpty == !["html", "md", "json", "csv"].contains(format))
    }
}
