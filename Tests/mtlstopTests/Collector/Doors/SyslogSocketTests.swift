import AuditStore
import CertCore
import Glibc
import Testing

@testable import mtlstop

/// The syslog datagram socket of the daemon.
@Suite("The syslog socket")
struct SyslogSocketTests {
    private func start(
        _ folder: TestFolder,
        _ options: [String] = [],
        label: String = "collect"
    ) throws -> CollectorProcess {
        try CollectorProcess(in: folder, options: ["--syslog-socket", folder["syslog.sock"]] + options, label: label)
    }

    private func stored(_ folder: TestFolder) throws -> Int64 {
        try AuditReader(path: folder.database).status().events
    }

    @Test("A datagram becomes an event that names its sender's process and its tag")
    func event() throws {
        let folder = try TestFolder()
        let collector = try start(folder)
        let sender = try DatagramSender(to: folder["syslog.sock"])
        sender.send(Records.datagram("/x"))
        sender.send(Records.datagram("/y", tag: "other") + "\n")
        sender.send(Records.nginx("/z"))
        try wait { try stored(folder) == 3 }
        let page = try AuditReader(path: folder.database).events(EventQuery(order: .oldestFirst, limit: 10))
        #expect(page.rows.map(\.path) == ["/x", "/y", "/z"])
        #expect(page.rows.map(\.reporter.application) == ["mtls", "other", "syslog"])
        #expect(page.rows.allSatisfy { $0.reporter.pid == Int(getpid()) && $0.reporter.uid == Int(getuid()) })
        #expect(
            page.rows.allSatisfy {
                $0.source == "nginx" && $0.verified == true && $0.time.rfc3339 == "2026-11-23T14:04:47.123Z"
            }
        )
        #expect(try collector.terminate() == 0)
        #expect(access(folder["syslog.sock"], F_OK) != 0, "the socket is removed")
    }

    @Test("The reporter of a tag is the same one after a restart")
    func sameProducer() throws {
        let folder = try TestFolder()
        for round in 1...2 {
            let collector = try start(folder, label: "collect-\(round)")
            try DatagramSender(to: folder["syslog.sock"]).send(Records.datagram("/\(round)"))
            try wait { try stored(folder) == Int64(round) }
            #expect(try collector.terminate() == 0)
        }
        let page = try AuditReader(path: folder.database).events(EventQuery(limit: 10))
        #expect(Set(page.rows.map(\.reporter.producer)).count == 1 && page.rows.first?.reporter.producer != nil)
    }

    @Test("Datagrams that are cut, or that nobody understands, are kept as bad lines with the reason")
    func badDatagrams() throws {
        let folder = try TestFolder()
        let collector = try start(folder)
        let sender = try DatagramSender(to: folder["syslog.sock"])
        sender.send("<86>Nov 23 14:04:47 mtls: " + String(repeating: "x", count: 70_000))
        sender.send("<86>Nov 23 14:04:47 mtls: {\"src\":\"nginx\"")
        sender.send("<999>{}")
        sender.send(Records.datagram("/good"))
        try wait { try stored(folder) == 1 }
        let bad = try AuditReader(path: folder.database).badLines().reversed()
        #expect(bad.map(\.code) == ["truncated", "bad_json", "bad_frame"])
        #expect(bad.first?.length == 70_026 && bad.first?.head.count == 256)
        #expect(try collector.terminate() == 0)
    }

    @Test("What was sent before SIGTERM is stored")
    func drains() throws {
        let folder = try TestFolder()
        let collector = try start(folder)
        let sender = try DatagramSender(to: folder["syslog.sock"])
        for number in 0..<2000 { sender.send(Records.datagram("/\(number)")) }
        #expect(try collector.terminate() == 0)
        #expect(try stored(folder) == 2000)
    }

    @Test("A socket that a killed collector left is taken over; another kind of thing at the path is refused with 73")
    func places() throws {
        let folder = try TestFolder()
        let first = try start(folder)
        try first.kill()
        let second = try start(folder, label: "second")
        try DatagramSender(to: folder["syslog.sock"]).send(Records.datagram("/x"))
        try wait { try stored(folder) == 1 }
        let third = try ChildProcess(
            [
                "collect", "--db", folder["b.db"], "--socket", folder["b.sock"], "--syslog-socket",
                folder["syslog.sock"],
            ],
            in: folder,
            label: "third"
        )
        #expect(try third.wait() == 75, "\(third.errors)")
        let fourth = try ChildProcess(
            ["collect", "--db", folder["c.db"], "--socket", folder["c.sock"], "--syslog-socket", folder.socket],
            in: folder,
            label: "fourth"
        )
        #expect(try fourth.wait() == 73, "\(fourth.errors)")
        #expect(access(folder["c.sock"], F_OK) != 0, "a refused start leaves no socket")
        #expect(try second.terminate() == 0)
    }

    @Test("The socket gets the mode, and a short kernel queue is told of at the start")
    func modeAndWarning() throws {
        let folder = try TestFolder()
        let collector = try start(folder, ["--mode", "0600"])
        var status = stat()
        #expect(lstat(folder["syslog.sock"], &status) == 0 && status.st_mode & 0o777 == 0o600)
        let isShort = try #require(KernelSetting.datagramQueue()) < 512
        #expect(collector.child.errors.contains("net.unix.max_dgram_qlen") == isShort)
        #expect(try collector.terminate() == 0)
    }

    @Test(
        "logger of util-linux is understood; a user that is not on the list is counted, not stored",
        .enabled(if: getuid() == 0, "only root can send as another user")
    )
    func otherUser() throws {
        let folder = try TestFolder()
        chmod(folder.path, 0o755)
        let collector = try start(folder, ["--mode", "0666", "--allow-uid", "65533"])
        for (user, form) in [("65533", "--rfc5424"), ("65533", "--rfc3164"), ("65534", "--rfc3164")] {
            let logger = try ChildProcess(
                [
                    "--reuid", user, "--clear-groups", "logger", "-d", "-u", folder["syslog.sock"], form, "--tag",
                    "mtls",
                    Records.nginx("/\(form)"),
                ],
                in: folder,
                label: "logger",
                program: "/usr/bin/setpriv"
            )
            #expect(try logger.wait() == 0, "\(logger.errors)")
        }
        let reader = try AuditReader(path: folder.database)
        try wait { try stored(folder) == 2 && reader.losses().contains { $0.kind == "not_allowed" } }
        let loss = try reader.losses().first { $0.kind == "not_allowed" }
        #expect(loss?.count == 1 && loss?.detail?.contains("65534") == true)
        let page = try reader.events(EventQuery(limit: 10))
        #expect(page.rows.allSatisfy { $0.reporter.uid == 65533 && $0.reporter.application == "mtls" })
        #expect(try collector.terminate() == 0)
    }

    @Test("The rate limit holds for datagrams, and counts what it refuses")
    func rateLimit() throws {
        let folder = try TestFolder()
        let collector = try start(folder, ["--rate-limit", "50"])
        let sender = try DatagramSender(to: folder["syslog.sock"])
        for number in 0..<500 { sender.send(Records.datagram("/\(number)")) }
        #expect(try collector.terminate() == 0)
        let status = try AuditReader(path: folder.database).status()
        #expect(status.events >= 50 && status.events < 400)
        #expect(status.events + status.lostEvents == 500)
    }
}
