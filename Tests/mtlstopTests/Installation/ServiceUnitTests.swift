import Foundation
import Glibc
import Testing

@testable import mtlstop

/// What the units say is what the program understands: their command lines and variables, run in a folder of the test.
@Suite("The units' command lines")
struct ServiceUnitTests {
    private let folder: TestFolder

    init() throws {
        folder = try TestFolder()
    }

    /// The arguments of `ExecStart=` and the variables of a unit, with the system's folders moved into the test's.
    private func unit(_ name: String) throws -> (arguments: [String], environment: [String: String]) {
        let path = "\(TutorialPage.repository)/integrations/systemd/\(name)"
        let text = try String(contentsOfFile: path, encoding: .utf8)
            .replacing("/var/lib/mtlstop", with: folder.path).replacing("/run/mtlstop", with: folder.path)
            .replacing("/etc/mtlstop", with: folder.path)
        func values(_ key: String) -> [Substring] {
            text.split(separator: "\n").filter { $0.hasPrefix(key + "=") }.map { $0.dropFirst(key.count + 1) }
        }
        let start = try #require(values("ExecStart").first)
        let variables = values("Environment").map { $0.split(separator: "=", maxSplits: 1).map(String.init) }
        return (
            start.split(separator: " ").dropFirst().map(String.init),
            Dictionary(uniqueKeysWithValues: variables.map { ($0[0], $0[1]) })
        )
    }

    @Test("The service collects, tells the manager that it is ready, and keeps its metrics; the timer's job reads them")
    func serviceAndTimer() throws {
        let (arguments, environment) = try unit("mtlstop.service")
        let notify = try NotifySocket(path: folder["notify.sock"])
        let child = try ChildProcess(
            arguments,
            in: folder,
            label: "service",
            environment: environment.merging(["NOTIFY_SOCKET": notify.path]) { $1 }
        )
        let isReady = notify.waitForReady(orEndOf: child)
        try #require(isReady, "\(child.errors)")
        for (name, kind) in [("audit.db", FileFacts.Kind.file), ("ingest.sock", .socket)] {
            #expect(FileFacts(path: folder[name])?.kind == kind, "\(name)")
        }
        let deadline = ContinuousClock.now + .seconds(30)
        while FileFacts(path: folder["mtlstop.prom"]) == nil, ContinuousClock.now < deadline { poll(nil, 0, 5) }
        #expect(folder.text(of: "mtlstop.prom").contains("mtlstop_build_info"))

        let (job, variables) = try unit("mtlstop-expiring.service")
        let once = try ChildProcess(job, in: folder, label: "job", environment: variables)
        #expect(try once.wait() == 0, "\(once.errors)")
        #expect(folder.text(of: "expiring.prom").contains("mtlstop_expiring_status 0\n"))
        child.signal(SIGTERM)
        #expect(try child.wait() == 0)
    }
}
