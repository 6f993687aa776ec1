import AuditEvents
import CertCore
import Testing

@testable import mtlstop

@Suite("mtlstop extract and explain, as processes")
struct ExtractCommandTests {
    private func extract(_ input: String, _ arguments: [String] = []) throws -> (status: Int32, output: String) {
        let folder = try TestFolder()
        let file = try folder.write(Array(input.utf8), to: "in")
        let environment = ["MTLSTOP_NOW": "2026-06-01T00:00:00Z"]
        let child = try ChildProcess(["extract"] + arguments, in: folder, environment: environment, input: file)
        let status = try child.wait()
        #expect(child.errors.isEmpty)
        return (status, child.output)
    }

    @Test("One result a request, in order; blank lines are skipped; construction errors are results")
    func order() throws {
        let cases = ExtractionTests.Conformance.all.filter { $0.time.rfc3339 == "2026-06-01T00:00:00.000Z" }
        let input = cases.map { String(decoding: $0.line, as: UTF8.self) + "\n\n" }.joined()
        let (status, output) = try extract(input)
        #expect(status == 0)
        let lines = output.split(separator: "\n")
        #expect(lines.count == cases.count)
        for (line, expected) in zip(lines, cases) {
            let value = try JSONValue(parsing: String(line))
            if let answer = expected.answer { #expect(value == answer, "\(expected.name)") }
            if expected.answer == nil { #expect(value["error"] != nil, "\(expected.name)") }
        }
    }

    @Test("A line that is no object is answered in its place, and the exit code at the end is 65")
    func badLine() throws {
        let (status, output) = try extract("{}\nnonsense\n{}")
        #expect(status == 65)
        let lines = output.split(separator: "\n")
        #expect(lines.count == 3)
        #expect(lines[1].hasPrefix("{\"error\":"))
        #expect(lines[0] == lines[2])
        #expect(lines[0] == #"{"success":false,"certificate":null,"reason":"socket_not_authorized","detail":null}"#)
    }

    @Test("Quietly only the counts are printed")
    func quiet() throws {
        let (status, output) = try extract("{}\n\n{}\n", ["--quiet"])
        #expect(status == 0)
        #expect(output == "{\"requests\":2,\"succeeded\":0}\n")
    }

    /// Lines of 4 MiB that try to become much more in memory.
    private static let bombs: [(name: String, line: String)] = [
        ("numbers", "{\"x\":[" + String(repeating: "1,", count: 2 << 20) + "1]}"),
        ("arrays", "{\"x\":[" + String(repeating: "[],", count: 4 << 18) + "1]}"),
        (
            "header values",
            "{\"headers\":{\"a\":[" + String(repeating: "\"\",", count: 4 << 18)
                + "1]},\"options\":{\"certificateHeader\":\"a\",\"headerEncoding\":\"xfcc\"}}"
        ),
        (
            "markers",
            "{\"socket\":{\"authorized\":true,\"peerCertificate\":\""
                + String(repeating: "-----BEGIN CERTIFICATE-----\\n", count: (4 << 20) / 29) + "\"}}"
        ),
    ]

    @Test("No line takes more than a few times its size of memory", arguments: ExtractCommandTests.bombs)
    func memory(name: String, line: String) throws {
        let folder = try TestFolder()
        func peak(_ line: String) throws -> Int {
            let script = """
                import resource, subprocess, sys
                subprocess.run([sys.argv[1], "extract", "--quiet"], stdin=open(sys.argv[2]))
                print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024)
                """
            let file = try folder.write(Array(line.utf8), to: "in")
            let arguments = ["-c", script, ChildProcess.program, file]
            let child = try ChildProcess(arguments, in: folder, program: "/usr/bin/python3")
            #expect(try child.wait() == 0, "\(child.errors)")
            return try #require(child.output.split(separator: "\n").last.flatMap { Int($0) })
        }
        let taken = try peak(line) - peak("{}")
        #expect(taken < 8 * line.utf8.count, "\(name): \(taken) bytes for \(line.utf8.count)")
    }

    @Test("explain answers what it knows, and ends with 65 for what it does not")
    func explain() throws {
        let folder = try TestFolder()
        let known = try ChildProcess(
            ["explain", "--format", "table", "FAILED:certificate", "has", "expired"],
            in: folder
        )
        #expect(try known.wait() == 0)
        #expect(known.output.hasPrefix("The certificate has expired\n"))
        let unknown = try ChildProcess(["explain", "a\u{1B}[2Jb"], in: folder, label: "unknown")
        #expect(try unknown.wait() == 65)
        #expect(unknown.errors.hasPrefix("mtlstop: explain: \"a\\e[2Jb\" is no code"))
        #expect(unknown.output.isEmpty)
    }
}
