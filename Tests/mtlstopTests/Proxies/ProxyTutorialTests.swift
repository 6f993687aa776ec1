import AuditEvents
import AuditStore
import CertCore
import Foundation
import Testing

@testable import mtlstop

/// The pages of `docs/tutorials` about proxies, run from their first command to the last as a reader would.
@Suite("The tutorials of the proxies", .enabled(if: Proxy.programs != nil))
struct ProxyTutorialTests {
    @Test("Every command of the page works, and the four clients are in the database", arguments: Proxy.allCases)
    func page(_ proxy: Proxy) throws {
        let folder = try TestFolder()
        let page = try TutorialPage("docs/tutorials/\(proxy).md")
        let ports = ["8443": String(try Loopback.freePort()), "8080": String(try Loopback.freePort())]
        let script = "cd '\(TutorialPage.repository)'\n" + (try page.script(replacing: ports))
        let path = try folder.write(Array(script.utf8), to: "page.sh")
        let programs = try #require(Proxy.programs)
        let own = ChildProcess.program.split(separator: "/").dropLast().joined(separator: "/")
        let shell = try ChildProcess(
            [path],
            in: folder,
            label: "page",
            environment: ["PATH": "\(programs):/\(own):/usr/bin:/bin", "HOME": folder.path],
            program: "/bin/bash"
        )
        let code = try shell.wait(atMost: .seconds(90))
        try #require(code == 0, "\(shell.errors)")
        #expect(shell.output.contains("svc-good"), "the page shows the rows")

        let reader = try AuditReader(path: folder["mtlstop-\(proxy)/audit.db"])
        let rows = try reader.events(EventQuery(order: .oldestFirst, limit: 100)).rows
        #expect(rows.contains { $0.outcome == .authenticated && $0.certificate?.commonName == "svc-good" })
        let classes = rows.filter { $0.outcome == .rejected }.map(\.rejectionClass)
        #expect(classes == [.noCertificate, .expired, .unknownIssuer])
        #expect(Set(rows.map(\.source)) == [proxy.rawValue])
    }
}
