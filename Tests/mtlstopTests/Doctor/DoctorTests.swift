import AuditStore
import CertCore
import Glibc
import SafeText
import Testing

@testable import mtlstop

@Suite("Doctor")
struct DoctorTests {
    /// A private folder that is removed at the end of the test.
    private func withFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
        let folder = try PrivateFolder()
        defer { folder.remove() }
        return try body(folder.path)
    }

    private func write(_ bytes: [UInt8], to path: String, mode: mode_t = 0o600) throws {
        let descriptor = open(path, O_CREAT | O_WRONLY | O_TRUNC, mode)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        _ = fchmod(descriptor, mode)
        #expect(Glibc.write(descriptor, bytes, bytes.count) == bytes.count)
    }

    private func header(application: Int64, schema: Int64) -> [UInt8] {
        var bytes = Array("SQLite format 3\0".utf8) + [UInt8](repeating: 0, count: 84)
        for (offset, value) in [(60, schema), (68, application)] {
            for index in 0..<4 { bytes[offset + index] = UInt8(value >> (24 - 8 * index) & 0xFF) }
        }
        return bytes
    }

    private func level(_ findings: [Finding], _ check: String) -> Finding.Level? {
        findings.filter { $0.check == check }.map(\.level).max()
    }

    @Test("A database that is not there yet is fine where the collector can make it")
    func absentDatabase() throws {
        try withFolder { folder in
            let findings = DatabaseCheck(path: folder + "/deep/er/audit.db").findings()
            #expect(level(findings, "database") == .ok)
            #expect(level(findings, "space") != nil)
        }
    }

    @Test("A file of another program, of a newer schema, or no file at all is a problem with a mend")
    func foreignFiles() throws {
        try withFolder { folder in
            let path = folder + "/audit.db"
            let ours = DatabaseIdentity.applicationID
            let bad = [Array("hello".utf8), header(application: 7, schema: 1), header(application: ours, schema: 999)]
            for bytes in bad {
                try write(bytes, to: path)
                let findings = DatabaseCheck(path: path).findings()
                #expect(level(findings, "database") == .problem)
                #expect(findings.allSatisfy { ($0.level == .ok) == ($0.mend == nil) })
            }
            #expect(level(DatabaseCheck(path: folder).findings(), "database") == .problem)
        }
    }

    @Test("Our own file is recognised by its header; one that everybody may read is a warning")
    func ownFile() throws {
        try withFolder { folder in
            let path = folder + "/audit.db"
            let bytes = header(application: DatabaseIdentity.applicationID, schema: DatabaseIdentity.schemaVersion)
            try write(bytes, to: path)
            #expect(level(DatabaseCheck(path: path).findings(), "database") == .ok)
            try write(bytes, to: path, mode: 0o644)
            #expect(level(DatabaseCheck(path: path).findings(), "database") == .warning)
        }
    }

    @Test("The lock's holder is found by the inode in the kernel's table")
    func lockHolder() {
        let table = """
            1: POSIX  ADVISORY  READ  11 fd:01:77 0 EOF
            2: FLOCK  ADVISORY  WRITE 4711 fd:01:78 0 EOF
            2: -> FLOCK  ADVISORY  WRITE 12 fd:01:78 0 EOF
            """
        let check = LockCheck(databasePath: "/x", lockTable: { table })
        #expect(check.holder(of: 78) == 4711)
        #expect(check.holder(of: 77) == nil)
        #expect(LockCheck(databasePath: "/x", lockTable: { nil }).holder(of: 78) == nil)
    }

    @Test("A lock that this process holds is reported with this process's number")
    func liveLock() throws {
        try withFolder { folder in
            let path = folder + "/audit.db"
            try write([], to: path + ".lock")
            #expect(LockCheck(databasePath: path).finding().text.hasSuffix("is free"))
            let descriptor = open(path + ".lock", O_RDWR)
            defer { close(descriptor) }
            try #require(flock(descriptor, LOCK_EX | LOCK_NB) == 0)
            #expect(LockCheck(databasePath: path).finding().text.contains("process \(getpid()) "))
        }
    }

    @Test("A socket is absent, something else, left over, or alive with its listener's number")
    func sockets() throws {
        try withFolder { folder in
            let path = folder + "/x.sock"
            #expect(level(SocketCheck(path: path).findings(), "socket") == .warning)
            #expect(level(SocketCheck(path: folder).findings(), "socket") == .problem)
            #expect(level(SocketCheck(path: "/" + String(repeating: "x", count: 107)).findings(), "socket") == .problem)
            let listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
            let bound = withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    bind(listener, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
                }
            }
            try #require(bound == 0 && listen(listener, 4) == 0)
            #expect(SocketProbe.probe(path) == .listening(pid: getpid()))
            #expect(level(SocketCheck(path: path).findings(), "socket") == .ok)
            close(listener)
            #expect(SocketProbe.probe(path) == .refused)
            #expect(level(SocketCheck(path: path).findings(), "socket") == .warning)
        }
    }

    @Test(
        "Only the SQLite releases with the mended WAL reset count as such",
        arguments: [
            ("3.40.1", false), ("3.44.5", false), ("3.44.6", true), ("3.50.7", true), ("3.51.2", false),
            ("3.51.3", true), ("3.53.0", true), ("x", false),
        ]
    )
    func walReset(version: String, isMended: Bool) {
        #expect(SystemCheck.hasResetMend(version) == isMended)
    }

    @Test("A frozen clock, or one before this program existed, does not pass unnoticed")
    func clocks() {
        func clockLevel(_ time: Timestamp) -> Finding.Level? {
            level(SystemCheck(usesDatagrams: false, clock: Clock(frozen: time)).findings(), "clock")
        }
        #expect(clockLevel(Timestamp(milliseconds: 1_800_000_000_000)) == .warning)
        let running = SystemCheck(usesDatagrams: true, clock: Clock(frozen: nil)).findings()
        #expect(level(running, "clock") == .ok)
        #expect(running.contains { $0.check == "openssl" && $0.text.hasPrefix("OpenSSL ") })
    }

    @Test("A terminal without TERM, or with one that nobody knows, is a problem; a plain locale is a warning")
    func terminals() {
        func findings(_ environment: [String: String]) -> [Finding] {
            TerminalCheck(environment: Environment(environment), size: (79, 24)).findings()
        }
        #expect(level(findings([:]), "terminal") == .problem)
        #expect(level(findings(["TERM": "no-such-terminal"]), "terminal") == .problem)
        #expect(level(findings(["TERM": "../../../etc/passwd"]), "terminal") == .problem)
        #expect(level(findings(["TERM": "xterm"]), "terminal") == .ok)
        #expect(level(findings(["LC_ALL": "C"]), "utf-8") == .warning)
        #expect(level(findings(["LANG": "de_DE.UTF-8"]), "utf-8") == .ok)
        #expect(level(findings([:]), "size") == .warning)
    }

    @Test("Names in a finding are escaped on the screen and lossless in JSON")
    func hostileNames() {
        let finding = Finding.warning("socket", "/tmp/a\u{1B}[2Jb is odd", mend: "rename it")
        #expect(
            finding.lines.map(\.string) == [
                "warning  socket    /tmp/a\\e[2Jb is odd", "                   mend: rename it",
            ]
        )
        var writer = JSONWriter()
        finding.writeJSON(to: &writer)
        let json = #"{"check":"socket","level":"warning","text":"/tmp/a\u001b[2Jb is odd","mend":"rename it"}"#
        #expect(writer.string == json)
    }

    @Test("Units that are installed but not switched on are a warning; without systemd there is nothing to say")
    func services() throws {
        try withFolder { folder in
            func make(_ path: String) throws {
                var made = folder
                for part in path.split(separator: "/").dropLast() {
                    made += "/" + part
                    mkdir(made, 0o700)
                }
                try write([], to: folder + path)
            }
            let check = ServiceCheck(root: folder)
            #expect(check.finding().level == .ok && check.finding().text.contains("does not run"))
            try make("/run/systemd/system/x")
            #expect(check.finding().level == .ok && check.finding().text.contains("not installed"))
            try make("/etc/systemd/system/mtlstop.service")
            try make("/etc/systemd/system/multi-user.target.wants/mtlstop.service")
            #expect(check.finding().level == .warning)
            #expect(check.finding().mend == "systemctl enable --now mtlstop.socket")
            try make("/etc/systemd/system/sockets.target.wants/mtlstop.socket")
            #expect(check.finding().level == .ok)
        }
    }

    @Test("A syslog socket is absent, received from, or left over")
    func syslogSocket() throws {
        try withFolder { folder in
            let path = folder + "/syslog.sock"
            let check = SocketCheck(path: path, door: .syslog)
            #expect(level(check.findings(), "syslog") == .warning)
            #expect(check.findings().first?.mend?.contains("--syslog-socket \(path)") == true)
            let receiver = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
            let address = try #require(SocketAddress(path: path))
            try #require(address.withKernelForm { bind(receiver, $0, $1) } == 0)
            chmod(path, 0o660)
            #expect(level(check.findings(), "syslog") == .ok)
            close(receiver)
            #expect(level(check.findings(), "syslog") == .warning)
        }
    }
}
