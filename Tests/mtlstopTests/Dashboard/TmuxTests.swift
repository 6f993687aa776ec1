import Foundation
import Glibc
import Testing

@Suite("The dashboard works on a real terminal", .serialized)
struct TmuxTests {
    /// Reports events to the collector of a session, as `mtlstop send` does for any program.
    private static func report(_ lines: [String], to session: TmuxSession) throws {
        let input = lines.map { $0 + "\n" }.joined()
        try TmuxSession.output(TmuxSession.binary, ["send", "--socket", session.socket], input: input)
    }

    private static func accepted(_ count: Int) -> [String] {
        (1...count).map { number in
            """
            {"event":"authenticated","cn":"svc-billing","fingerprint":"\(fingerprint("ab"))","method":"GET",\
            "path":"/v1/invoices/\(number)","ip":"10.4.2.17","service":"edge-1"}
            """
        }
    }

    private static func rejected(_ name: String) -> String {
        """
        {"event":"rejected","reason":"socket_not_authorized","service":"edge-2","cert":{"subject":{"CN":"\(name)"},\
        "issuer":{"CN":"Corp CA"},"fingerprint256":"\(fingerprint("cd"))","valid_from":"Jan  1 00:00:00 2020 GMT",\
        "valid_to":"Jan  1 00:00:00 2021 GMT"},"req":{"method":"POST","url":"/jobs/claim","ip":"10.4.9.3"},\
        "tls":{"authorized":false,"authorizationError":"CERT_HAS_EXPIRED"}}
        """
    }

    private static func fingerprint(_ pair: String) -> String { String(repeating: pair, count: 32) }

    @Test(
        "Rows arrive, a rejection opens, its certificate opens, Esc climbs back, q leaves the terminal clean",
        arguments: [(80, 24), (120, 36)]
    )
    func journey(_ columns: Int, _ rows: Int) throws {
        let session = try TmuxSession(columns: columns, rows: rows)
        try session.expect("READY>")
        try session.run("echo before-the-dashboard")
        try session.run("\(TmuxSession.binary) watch --db \(session.database) --socket \(session.socket)")
        try session.expect("Welcome to mtlstop")
        try Self.report(Self.accepted(30), to: session)
        try session.expect("svc-billing")
        try Self.report([Self.rejected("old-batch-runner")], to: session)
        try session.expect("old-batch-runner")
        try session.expect("REJ")

        try session.press("Enter")
        try session.expect("REJECTED: expired")
        try session.expect("socket_not_authorized")
        try session.press("Enter")
        try session.expect("sha-256")
        try session.expect("cdcdcdcdcdcdcdcd cdcd")
        try session.press("Escape")
        try session.expect("REJECTED: expired")
        try session.press("Escape")
        try session.expect("following")

        try session.press("2")
        try session.expect("[2 Rejections]")
        try session.expect("certificate expired")
        try session.press("3")
        try session.expect("svc-billing")
        try session.press("4")
        try session.expect("[4 Expiring")
        try session.press("q")
        try session.expect("before-the-dashboard")
        #expect(try !session.isAlternate())
        try session.run("echo after-$((20+22)); stty -a | grep -o -- ' echo '")
        try session.expect("after-42")
    }

    @Test("A filter typed on the terminal hides the other rows, Esc brings them back")
    func filterOnTheTerminal() throws {
        let session = try TmuxSession(columns: 80, rows: 24)
        try session.run("\(TmuxSession.binary) watch --db \(session.database) --socket \(session.socket)")
        try session.expect("Welcome to mtlstop")
        try Self.report(Self.accepted(5) + [Self.rejected("old-batch-runner")], to: session)
        try session.expect("svc-billing")
        try session.press("/")
        try session.run("outcome:rej")
        try session.expectGone("svc-billing")
        try session.expect("old-batch-runner")
        try session.press("U")
        try session.expect("svc-billing")
        try session.press("q")
        try session.expect("READY>")
    }

    @Test("When an outside collector dies the screen says so and the rows stay; SIGTERM gives the terminal back")
    func outsideCollectorDies() throws {
        let session = try TmuxSession(columns: 80, rows: 24)
        let collector = Process()
        collector.executableURL = URL(fileURLWithPath: TmuxSession.binary)
        collector.arguments = ["collect", "--db", session.database, "--socket", session.socket]
        collector.standardError = FileHandle.nullDevice
        try collector.run()
        defer { if collector.isRunning { kill(collector.processIdentifier, SIGKILL) } }
        let deadline = ContinuousClock.now + .seconds(20)
        while access(session.socket, F_OK) != 0, ContinuousClock.now < deadline { usleep(20_000) }

        try session.run("\(TmuxSession.binary) watch --db \(session.database) --socket \(session.socket); echo left-$?")
        try session.expect("Welcome to mtlstop")
        try Self.report(Self.accepted(3), to: session)
        try session.expect("svc-billing")
        kill(collector.processIdentifier, SIGKILL)
        collector.waitUntilExit()
        try session.expect("COLLECTOR DOWN")
        try session.expect("svc-billing")

        let pids = try TmuxSession.output("pgrep", ["-f", "watch --db \(session.database)"]).split(separator: "\n")
        for pid in pids.compactMap({ Int32($0) }) where pid != getpid() { kill(pid, SIGTERM) }
        try session.expect("left-0")
        #expect(try !session.isAlternate())
    }
}
