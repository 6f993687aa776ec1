import Testing

@testable import mtlstop

/// Prometheus' own checker, which `scripts/install-promtool` puts beside the build.
enum Promtool {
    static let path = TutorialPage.repository + "/.build/promtool/usr/bin/promtool"

    static var isThere: Bool { FileFacts(path: path) != nil }

    /// What it says about a file of metrics; empty when it finds nothing to complain about.
    static func complaints(_ file: String, in folder: TestFolder) throws -> String {
        let child = try ChildProcess(
            ["check", "metrics"],
            in: folder,
            label: "promtool",
            input: file,
            program: path
        )
        let status = try child.wait()
        let words = child.errors + child.output
        return status == 0 ? words : "ended with \(status): \(words)"
    }
}

@Suite("Prometheus' promtool", .enabled(if: Promtool.isThere, "scripts/install-promtool"))
struct PromtoolTests {
    @Test("It has no complaint about the metrics of expiring")
    func expiring() throws {
        let log = try SampleLog.whole()
        let file = log.folder["expiring.prom"]
        let (status, _, errors) = try log.run(["expiring", "--within", "1y", "--metrics", file])
        #expect(status == 0, "\(errors)")
        #expect(try #require(FileFacts(path: file)).size > 1000)
        #expect(try Promtool.complaints(file, in: log.folder) == "")
    }

    @Test("It has no complaint about the metrics of collect")
    func collect() throws {
        let folder = try TestFolder()
        let file = folder["collect.prom"]
        let collector = try CollectorProcess(in: folder, options: ["--metrics", file])
        #expect(try collector.terminate() == 0)
        #expect(try #require(FileFacts(path: file)).size > 1000)
        #expect(try Promtool.complaints(file, in: folder) == "")
    }

    @Test("It does complain about a counter whose name is no counter's")
    func complaint() throws {
        let folder = try TestFolder()
        let text = "# HELP wrong Wrong.\n# TYPE wrong counter\nwrong 1\n"
        let file = try folder.write(Array(text.utf8), to: "wrong.prom")
        #expect(try Promtool.complaints(file, in: folder).contains("_total"))
    }
}
