import Foundation
import Testing

@testable import mtlstop

@Suite("The documentation of the Swift products")
struct DocumentationTests {
    @Test("docc builds it without a warning, and every link leads somewhere")
    func building() throws {
        let folder = try TestFolder()
        let build = ChildProcess.program.split(separator: "/").dropLast().joined(separator: "/")
        let environment = ProcessInfo.processInfo.environment
        let child = try ChildProcess(
            ["\(TutorialPage.repository)/scripts/docs", folder["docs"]],
            in: folder,
            label: "docs",
            environment: ["MTLSTOP_MODULES": "/" + build, "PATH": environment["PATH"] ?? "/usr/bin:/bin"],
            program: "/bin/bash"
        )
        let status = try child.wait(atMost: .seconds(120))
        try #require(status == 0, "\(child.errors)")
        for product in ["CertCore", "AuditEvents", "AuditStore", "HummingbirdClientCertificateAuth"] {
            let archive = folder["docs/\(product).doccarchive"]
            #expect(FileManager.default.fileExists(atPath: archive + "/documentation/\(product.lowercased())"))
            #expect(
                FileManager.default.fileExists(atPath: archive + "/index.html"),
                "\(product) can be read in a browser"
            )
        }
    }

    @Test("Links between the pages of docs/ lead to files that are there")
    func links() throws {
        let root = URL(fileURLWithPath: TutorialPage.repository)
        let listed = FileManager.default.enumerator(atPath: root.path + "/docs")?.compactMap { $0 as? String } ?? []
        let pages = listed.filter { $0.hasSuffix(".md") }.map { "docs/" + $0 } + ["README.md", "ARCHITECTURE.md"]
        #expect(pages.count > 5)
        for page in pages {
            let file = root.appendingPathComponent(page)
            let text = try String(contentsOf: file, encoding: .utf8)
            for match in text.matches(of: /\]\(([^)#]+)(?:#[^)]*)?\)/) {
                let target = String(match.output.1)
                if target.contains("://") { continue }
                let path = URL(fileURLWithPath: target, relativeTo: file.deletingLastPathComponent()).path
                #expect(FileManager.default.fileExists(atPath: path), "\(page) links to \(target)")
            }
        }
    }
}
