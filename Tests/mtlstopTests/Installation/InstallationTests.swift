import Foundation
import Glibc
import Testing

@testable import mtlstop

/// `scripts/install` and what it puts in place, run as they stand.
@Suite("Installation")
struct InstallationTests {
    private let folder: TestFolder

    init() throws {
        folder = try TestFolder()
    }

    private func install(_ arguments: [String], destination: String? = nil) throws -> (Int32, String, String) {
        var environment = ["MTLSTOP_BINARY": ChildProcess.program]
        environment["DESTDIR"] = destination
        let script = "\(TutorialPage.repository)/scripts/install"
        let child = try ChildProcess(
            [script] + arguments,
            in: folder,
            label: "install",
            environment: environment,
            program: "/bin/bash"
        )
        return (try child.wait(), child.output, child.errors)
    }

    private func files(below path: String) -> [String] {
        (FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? [])
            .filter { FileFacts(path: "\(path)/\($0)")?.kind == .file }.sorted()
    }

    private static let shared = [
        "bin/mtlstop", "share/man/man1/mtlstop.1", "share/bash-completion/completions/mtlstop",
        "share/zsh/site-functions/_mtlstop", "share/fish/vendor_completions.d/mtlstop.fish",
        "share/mtlstop/node/mtlstop-audit.mjs",
    ]

    @Test("Into a prefix of one's own everything lies below it, runs, and is taken away again")
    func ownPrefix() throws {
        let prefix = folder["opt"]
        let (status, output, errors) = try install([prefix])
        try #require(status == 0, "\(errors)")
        let installed = files(below: prefix)
        #expect(Set(Self.shared).isSubset(of: installed))
        #expect(installed.count == output.split(separator: "\n").count)
        for unit in ["mtlstop.service", "mtlstop.socket", "mtlstop-expiring.service", "mtlstop-expiring.timer"] {
            #expect(installed.contains("lib/systemd/system/\(unit)"))
        }
        #expect(FileFacts(path: prefix + "/bin/mtlstop")?.mode == 0o755)
        #expect(FileFacts(path: prefix + "/share/man/man1/mtlstop.1")?.mode == 0o644)
        let version = try ChildProcess(["--version"], in: folder, program: prefix + "/bin/mtlstop")
        #expect(try version.wait() == 0 && version.output == ProductVersion.text + "\n")
        #expect(folder.text(of: "opt/lib/systemd/system/mtlstop.service").contains("ExecStart=\(prefix)/bin/mtlstop"))
        #expect(folder.text(of: "opt/share/man/man1/mtlstop.1").hasPrefix(".Dd "))

        _ = try folder.write(Array("ours".utf8), to: "opt/share/mtlstop/mine")
        #expect(try install(["--uninstall", prefix]).0 == 0)
        #expect(files(below: prefix) == ["share/mtlstop/mine"], "what others put there stays")
    }

    @Test("With DESTDIR nothing is written outside it, and the system's places are used")
    func destination() throws {
        let root = folder["root"]
        #expect(try install([], destination: root).0 == 0)
        let installed = files(below: root)
        #expect(Set(Self.shared.map { "usr/local/" + $0 }).isSubset(of: installed))
        for file in [
            "etc/systemd/system/mtlstop.service", "etc/systemd/system/mtlstop.socket", "etc/sysusers.d/mtlstop.conf",
            "etc/tmpfiles.d/mtlstop.conf", "etc/sysctl.d/60-mtlstop.conf",
        ] {
            #expect(installed.contains(file), "\(file)")
        }
        #expect(try install(["--uninstall"], destination: root).0 == 0)
        #expect(files(below: root).isEmpty)
    }

    @Test("An unknown option or a relative prefix is exit code 64, and changes nothing")
    func usage() throws {
        #expect(try install(["--frobnicate"]).0 == 64)
        let (status, _, errors) = try install(["relative/path"])
        #expect(status == 64 && errors.hasPrefix("install: relative/path: "))
        let (help, text, _) = try install(["--help"])
        #expect(help == 0 && text.contains("scripts/install [PREFIX]"))
    }

    @Test("systemd accepts the units as installed, and finds little to reach from them")
    func units() throws {
        let prefix = folder["opt"]
        try #require(try install([prefix]).0 == 0)
        let units = prefix + "/lib/systemd/system"
        let names = ["mtlstop.service", "mtlstop.socket", "mtlstop-expiring.service", "mtlstop-expiring.timer"]
        let verify = try ChildProcess(
            ["verify", "--man=no"] + names.map { "\(units)/\($0)" },
            in: folder,
            label: "verify",
            program: "/usr/bin/systemd-analyze"
        )
        let status = try verify.wait()
        #expect(status == 0 && verify.output.isEmpty && verify.errors.isEmpty, "\(verify.output) \(verify.errors)")
        for name in ["mtlstop.service", "mtlstop-expiring.service"] {
            let security = try ChildProcess(
                ["security", "--offline=true", "--threshold=8", "\(units)/\(name)"],
                in: folder,
                label: "security",
                program: "/usr/bin/systemd-analyze"
            )
            #expect(try security.wait() == 0, "\(name) is exposed by more than 0.8: \(security.output.suffix(200))")
        }
    }

    @Test("sysusers, tmpfiles and sysctl read their files", .enabled(if: geteuid() == 0, "owners are set by root"))
    func systemFiles() throws {
        let integrations = TutorialPage.repository + "/integrations"
        let root = folder["root"]
        try FileManager.default.createDirectory(atPath: root + "/etc", withIntermediateDirectories: true)
        let users = try ChildProcess(
            ["--root=\(root)", "\(integrations)/systemd/mtlstop.sysusers"],
            in: folder,
            label: "sysusers",
            program: "/usr/bin/systemd-sysusers"
        )
        #expect(try users.wait() == 0, "\(users.errors)")
        #expect(folder.text(of: "root/etc/passwd").contains("mtlstop:"))
        #expect(folder.text(of: "root/etc/group").contains("mtlstop:"))
        let folders = try ChildProcess(
            ["--create", "--root=\(root)", "\(integrations)/systemd/mtlstop.tmpfiles"],
            in: folder,
            label: "tmpfiles",
            program: "/usr/bin/systemd-tmpfiles"
        )
        #expect(try folders.wait() == 0, "\(folders.errors)")
        #expect(FileFacts(path: root + "/var/lib/mtlstop")?.mode == 0o750)
        let text = try String(contentsOfFile: integrations + "/sysctl/60-mtlstop.conf", encoding: .utf8)
        let settings = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
        #expect(settings == ["net.unix.max_dgram_qlen = 4096", "net.core.wmem_default = 4194304"])
        for setting in settings {
            let path = "/proc/sys/" + setting.prefix { $0 != " " }.replacing(".", with: "/")
            #expect(FileFacts(path: path) != nil, "this kernel has no \(path)")
        }
    }
}
