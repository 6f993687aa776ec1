import Glibc
import Testing

@testable import mtlstop

/// The pages for Node and Swift, run as they stand; those for proxies are run with the proxies.
@Suite("The tutorials for Node and Swift")
struct TutorialTests {
    /// A port of the loopback that nobody uses now.
    private func freePort() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 ? getsockname(descriptor, $0, &length) : -1
            }
        }
        try #require(result == 0)
        return Int(UInt16(bigEndian: address.sin_port))
    }

    /// Runs a page in a folder of its own and gives what it printed.
    private func run(_ page: String, replacing substitutions: [String: String], limit: Duration) throws -> String {
        let folder = try TestFolder()
        let all = ["8443": "\(try freePort())", "~/mtlstop": TutorialPage.repository].merging(substitutions) { $1 }
        let script = "cd '\(folder.path)'\n" + (try TutorialPage("docs/tutorials/\(page).md").script(replacing: all))
        let file = try folder.write(Array(script.utf8), to: "page.sh")
        let programs = ChildProcess.program.split(separator: "/").dropLast().joined(separator: "/")
        let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
        let home = getenv("HOME").map { String(cString: $0) } ?? "/"
        let child = try ChildProcess(
            [file],
            in: folder,
            label: page,
            environment: ["PATH": "/\(programs):\(path)", "HOME": home, "COLUMNS": "160"],
            program: "/bin/bash"
        )
        let status = try child.wait(atMost: limit)
        try #require(status == 0, "\(page): \(child.output)\n\(child.errors)")
        return child.output
    }

    /// Each decision of the page is a row of the table, newest first.
    private func expectRows(_ output: String, _ rows: [(outcome: String, reason: String)]) {
        let lines = output.split(separator: "\n").filter { $0.contains("orders") }
        for row in rows {
            #expect(
                lines.contains { $0.contains(row.outcome) && $0.contains(row.reason) },
                "no row with \(row.outcome) and \(row.reason): \(output)"
            )
        }
    }

    @Test("The page for Node leads from nothing to five rows")
    func node() throws {
        let output = try run("node", replacing: [:], limit: .seconds(60))
        #expect(output.contains("Hello svc-good"))
        #expect(output.matches(of: /Unauthorized/).count == 4)
        expectRows(
            output,
            [("ok", "svc-good"), ("REJ", "svc-expired"), ("REJ", "svc-foreign"), ("REJ", "denied by policy")]
        )
        #expect(output.lowercased().contains("expired"))
    }

    @Test("The example of a server compiles and links as it stands, and its package is one that Swift understands")
    func example() throws {
        let folder = try TestFolder()
        let build = ChildProcess.program.split(separator: "/").dropLast().joined(separator: "/")
        let script = """
            set -e
            cp -r '\(TutorialPage.repository)/Examples/hummingbird' .
            swift package --package-path hummingbird dump-package >package.json
            '\(TutorialPage.repository)/scripts/compile-page' '/\(build)' hummingbird/Sources/Example ./example
            test -x example && echo linked
            """
        let file = try folder.write(Array("cd '\(folder.path)'\n\(script)\n".utf8), to: "example.sh")
        let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
        let home = getenv("HOME").map { String(cString: $0) } ?? "/"
        let environment = ["PATH": path, "HOME": home]
        let child = try ChildProcess([file], in: folder, environment: environment, program: "/bin/bash")
        #expect(try child.wait(atMost: .seconds(180)) == 0, "\(child.errors)")
        #expect(child.output == "linked\n")
        let package = try #require(FileFacts.head(of: folder["package.json"], count: 1 << 20))
        #expect(String(decoding: package, as: UTF8.self).contains("hummingbird-example"))
    }

    @Test("The page for Swift leads from nothing to five rows; its package is one that Swift understands")
    func swift() throws {
        let build = ChildProcess.program.split(separator: "/").dropLast().joined(separator: "/")
        let compile = """
            swift package dump-package >package.json
            '\(TutorialPage.repository)/scripts/compile-page' '/\(build)' Sources/orders/Orders.swift .build/debug/orders
            """
        let output = try run("swift", replacing: ["swift build\n": compile + "\n"], limit: .seconds(180))
        #expect(output.contains("Hello svc-good"))
        expectRows(
            output,
            [("ok", "svc-good"), ("REJ", "svc-expired"), ("REJ", "svc-foreign"), ("REJ", "svc-admin")]
        )
    }
}
