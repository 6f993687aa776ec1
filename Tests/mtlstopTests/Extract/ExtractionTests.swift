import AuditEvents
import CertCore
import Glibc
import SafeText
import Testing

@testable import mtlstop

@Suite("Extraction lines")
struct ExtractionTests {
    /// One case of fixtures/extract/cases.ndjson, which Node 20 has written.
    struct Conformance: CustomTestStringConvertible {
        let name: String
        let line: [UInt8]
        /// The expected answer; nil when the options are a mistake.
        let answer: JSONValue?
        let time: Timestamp

        var testDescription: String { name }

        static let all: [Conformance] = {
            let path = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
            let file = FileFacts.head(of: "/" + path + "/fixtures/extract/cases.ndjson", count: 4 << 20) ?? []
            return file.split(separator: 0x0A).compactMap { Conformance(Array($0)) }
        }()

        init?(_ line: [UInt8]) {
            guard let value = try? JSONValue(parsing: line), let name = value["name"]?.stringValue,
                let request = value["in"],
                let time = Timestamp(rfc3339: value["now"]?.stringValue ?? "2026-06-01T00:00:00Z")
            else { return nil }
            var writer = JSONWriter()
            request.write(to: &writer)
            self.name = name
            self.line = writer.bytes
            self.time = time
            answer = value["out"]
        }
    }

    private func answer(_ line: String, at time: Timestamp = .now()) throws -> (JSONValue, ExtractionRun) {
        try answer(Array(line.utf8), at: time)
    }

    private func answer(_ line: [UInt8], at time: Timestamp) throws -> (JSONValue, ExtractionRun) {
        var run = ExtractionRun(clock: Clock(frozen: time))
        var writer = JSONWriter()
        run.answer(.bytes(line), to: &writer)
        #expect(writer.bytes.last == 0x0A)
        return (try JSONValue(parsing: writer.bytes), run)
    }

    @Test("The fixtures are there")
    func fixtures() {
        #expect(Conformance.all.count > 80)
    }

    @Test(
        "Every request of the fixtures gets the answer of the contract, certificates as Node describes them",
        arguments: Conformance.all
    )
    func conformance(expected: Conformance) throws {
        let (value, run) = try answer(expected.line, at: expected.time)
        if let answer = expected.answer {
            #expect(value == answer)
            #expect(run.succeeded == (answer["success"] == .bool(true) ? 1 : 0))
        } else {
            #expect(value.members?.count == 1)
            #expect(value["error"]?.stringValue?.hasPrefix("client-certificate-auth: ") == true)
        }
        #expect(run.requests == 1)
        #expect(!run.hasBadLines)
    }

    @Test(
        "A line that is no JSON object is an error with its own answer",
        arguments: [
            "x", "[]", "7", "{", "{\"a\":1,\"a\":2}", "{} {}",
            "{\"a\":[" + String(repeating: "1,", count: 1 << 16) + "1]}",
        ]
    )
    func badLines(line: String) throws {
        let (value, run) = try answer(line)
        #expect(value.members?.map(\.key) == ["error"])
        #expect(run.hasBadLines)
        #expect(run.requests == 1 && run.succeeded == 0)
    }

    @Test("Blank lines are skipped and not counted", arguments: ["", " ", "\t  "])
    func blankLines(line: String) {
        var run = ExtractionRun(clock: Clock(frozen: nil))
        var writer = JSONWriter()
        run.answer(.bytes(Array(line.utf8)), to: &writer)
        #expect(writer.bytes.isEmpty)
        #expect(run.requests == 0)
    }

    @Test("The summary counts requests and successes")
    func summary() {
        var run = ExtractionRun(clock: Clock(frozen: nil))
        var writer = JSONWriter()
        for line in ["{}", "", "nonsense"] { run.answer(.bytes(Array(line.utf8)), to: &writer) }
        run.answer(.tooLong, to: &writer)
        writer.removeAll(keepingCapacity: true)
        run.writeSummary(to: &writer)
        #expect(writer.string == "{\"requests\":3,\"succeeded\":0}\n")
    }
}
