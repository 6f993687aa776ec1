import AuditStore
import CertCore
import Glibc
import Testing

@Suite("mtlstop events")
struct EventsCommandTests {
    @Test(
        "Each format prints what it always printed",
        arguments: [
            ("events-table-80.txt", ["--format", "table"], "80"),
            ("events-table-140.txt", ["--format", "table", "--reverse"], "140"),
            ("events.ndjson", ["--format", "ndjson"], "80"),
            ("events.csv", ["--format", "csv"], "80"),
            ("events-rejected.txt", ["outcome:rej", "ip:203.0.113.0/24", "--format", "table"], "120"),
            ("events-nothing.txt", ["cn:nobody", "--format", "table"], "80"),
        ]
    )
    func golden(_ name: String, _ arguments: [String], _ columns: String) throws {
        let log = try SampleLog.whole()
        let (status, output, errors) = try log.run(["events"] + arguments, environment: ["COLUMNS": columns])
        #expect(status == 0 && errors.isEmpty, "\(errors)")
        try expectGolden(output, name)
        if name.hasSuffix("txt") {
            let width = try #require(Int(columns))
            #expect(output.split(separator: "\n").allSatisfy { $0.count <= width }, "a line is wider than \(columns)")
        }
        #expect(!output.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" && $0 != "\r" })
    }

    @Test("Not on a terminal the default is ndjson, all of it; a limit holds in every format")
    func limits() throws {
        let log = try SampleLog.whole()
        #expect(try log.run(["events"]).1.split(separator: "\n").count == 6)
        #expect(try log.run(["events", "--limit", "2"]).1.split(separator: "\n").count == 2)
        #expect(try log.run(["events", "--limit", "0", "--format", "csv"]).1.split(separator: "\r\n").count == 1)
        #expect(try log.run(["events", "--since", "2026-11-23T12:00:05Z"]).1.split(separator: "\n").count == 1)
        #expect(try log.run(["events", "--until", "78m"]).1.split(separator: "\n").count == 6)
    }

    @Test("A mistake is one line with the column, and exit code 64")
    func mistakes() throws {
        let log = try SampleLog.whole()
        let (status, output, errors) = try log.run(["events", "outcome:rej", "cn:a or colour:red"])
        #expect(status == 64 && output.isEmpty)
        #expect(
            errors.hasPrefix(#"mtlstop: filter "cn:a or colour:red": column 9: "colour" is no filter word"#),
            "\(errors)"
        )
        #expect(errors.split(separator: "\n").count == 1)
        #expect(try log.run(["events", "--since", "soon"]).0 == 64)
        #expect(try log.run(["events", "--limit", "-1"]).0 == 64)
        #expect(try log.run(["events", "--format", "xml"]).0 == 64)
    }

    @Test("A missing database is exit code 66 with advice, a foreign file 65")
    func missing() throws {
        let log = try SampleLog()
        let (status, _, errors) = try log.run(["events", "--db", log.folder["none.db"]])
        #expect(status == 66)
        #expect(errors.contains("there is no such database (start mtlstop collect"), "\(errors)")
        let text = try log.folder.write(Array(String(repeating: "no database\n", count: 99).utf8), to: "text")
        #expect(try log.run(["events", "--db", text]).0 == 65)
    }

    @Test("Following prints what is stored while it runs")
    func follow() throws {
        let log = try SampleLog()
        try log.add([#"{"event":"authenticated","cn":"first"}"#])
        let child = try ChildProcess(
            ["events", "--follow", "--format", "ndjson", "--db", log.database],
            in: log.folder,
            label: "follow"
        )
        let deadline = ContinuousClock.now + .seconds(30)
        while !child.output.contains("first"), ContinuousClock.now < deadline { poll(nil, 0, 5) }
        try log.add([#"{"event":"rejected","cn":"second"}"#, #"{"event":"rejected","cn":"third"}"#], from: 1)
        while !child.output.contains("third"), ContinuousClock.now < deadline { poll(nil, 0, 5) }
        child.signal(SIGTERM)
        _ = try child.wait()
        let names = child.output.split(separator: "\n").map { $0.split(separator: "\"cn\":\"").last?.prefix(5) }
        #expect(names == ["first", "secon", "third"])
    }

    @Test("Every command over the database has a help page with an example")
    func help() throws {
        let log = try SampleLog()
        for command in [["events"], ["report"], ["certs"], ["certs", "list"], ["certs", "show"], ["expiring"]] {
            let (status, output, _) = try log.run(command + ["--help"])
            #expect(status == 0)
            #expect(output.contains("USAGE"))
            #expect(output.contains("EXAMPLE"), "\(command)")
        }
    }
}
