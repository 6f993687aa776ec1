import Glibc
import Testing

@Suite("The dashboard works on a real terminal", .serialized)
struct TmuxTests {
    /// Reports events to the collector of a session, as `mtlstop send` does for any program.
    static func report(_ lines: [String], to session: TmuxSession) throws {
        try report(lines, to: session.socket, in: session.folder)
    }

    static func report(_ lines: [String], to socket: String, in folder: TestFolder) throws {
        let input = try folder.write(Array(lines.map { $0 + "\n" }.joined().utf8), to: "events.ndjson")
        let sender = try ChildProcess(["send", "--socket", socket], in: folder, label: "send", input: input)
        let status = try sender.wait()
        try #require(status == 0, "\(sender.errors)")
    }

    static func accepted(_ count: Int) -> [String] {
        (1...count).map { number in
            """
            {"event":"authenticated","cn":"svc-billing","fingerprint":"\(fingerprint("ab"))","method":"GET",\
            "path":"/v1/invoices/\(number)","ip":"10.4.2.17","service":"edge-1"}
            """
        }
    }

    static func rejected(_ name: String) -> String {
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
        try session.run("echo before-the-dashboard")
        try session.startDashboard()
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
        try session.expect("cdcdcdcdcdcdcdcd cdcd")
        try session.press("Escape")
        try session.expect("socket_not_authorized")
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
        try session.expect("left-0")
        #expect(try !session.isAlternate())
        try session.run("echo after-$((20+22))")
        try session.expect("after-42")
    }

    @Test("A filter typed on the terminal hides the other rows, U brings them back")
    func filterOnTheTerminal() throws {
        let session = try TmuxSession(columns: 80, rows: 24)
        try session.startDashboard()
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
        try session.expect("left-0")
    }

    @Test("Hostile names and paths reach the terminal only as visible notation")
    func hostileText() throws {
        let session = try TmuxSession(columns: 120, rows: 36)
        try session.startDashboard()
        try session.expect("Welcome to mtlstop")
        try Self.report([Self.rejected(#"evil\u001b]0;owned\u0007\u001b[2J\u202egpj"#)], to: session)
        try session.expect(#"\e]0;owned"#)
        try session.press("Enter")
        try session.expect(#"\u{202e}gpj"#)
        try session.press("q", "q")
        try session.expect("left-0")
    }

    @Test("The screen follows the terminal's size")
    func resizing() throws {
        let session = try TmuxSession(columns: 120, rows: 36)
        try session.startDashboard()
        try session.expect("Welcome to mtlstop")
        try Self.report(Self.accepted(3), to: session)
        try session.expect("SHA-256")
        try session.resize(columns: 60, rows: 15)
        try session.expectGone("SHA-256")
        try session.expect("svc-billing")
        try session.resize(columns: 20, rows: 5)
        try session.expect("need 40x10")
        try session.resize(columns: 80, rows: 24)
        try session.expect("[1 Live]")
        try session.press("q")
        try session.expect("left-0")
    }

    @Test("When the terminal goes away the dashboard ends")
    func hangUp() throws {
        let session = try TmuxSession(columns: 80, rows: 24)
        try session.startDashboard()
        try session.expect("Welcome to mtlstop")
        let pid = try session.dashboardPID()
        session.hangUp()
        let deadline = ContinuousClock.now + .seconds(20)
        while kill(pid, 0) == 0, ContinuousClock.now < deadline { poll(nil, 0, 10) }
        #expect(kill(pid, 0) != 0)
    }

    @Test("When an outside collector dies the screen says so and the rows stay; SIGTERM gives the terminal back")
    func outsideCollectorDies() throws {
        let session = try TmuxSession(columns: 80, rows: 24)
        let collector = try CollectorProcess(in: session.folder)
        try session.startDashboard()
        try session.expect("Welcome to mtlstop")
        try Self.report(Self.accepted(3), to: session)
        try session.expect("svc-billing")
        try collector.kill()
        try session.expect("COLLECTOR DOWN")
        try session.expect("svc-billing")
        kill(try session.dashboardPID(), SIGTERM)
        try session.expect("left-0")
        #expect(try !session.isAlternate())
    }

    @Test("Without a database and with --read-only it ends with 66 and one line")
    func missingDatabase() throws {
        let folder = try TestFolder()
        let child = try ChildProcess(["watch", "--once", "--read-only", "--db", folder["none.db"]], in: folder)
        #expect(try child.wait() == 66)
        #expect(child.errors.split(separator: "\n").count == 1)
        #expect(child.errors.contains("there is no database"))
    }

    @Test("Without a terminal one screen is printed, of the size that COLUMNS and LINES name")
    func batchScreen() throws {
        let folder = try TestFolder()
        let collector = try CollectorProcess(in: folder)
        try Self.report(Self.accepted(3), to: collector.socket, in: folder)
        let watch = try ChildProcess(
            ["--db", collector.database, "--socket", collector.socket],
            in: folder,
            label: "watch",
            environment: ["COLUMNS": "100", "LINES": "28"]
        )
        #expect(try watch.wait() == 0, "\(watch.errors)")
        let lines = watch.output.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == 29)
        #expect(lines.allSatisfy { $0.count <= 100 })
        #expect(lines.count { $0.contains("svc-billing") } == 3)
        #expect(!watch.output.contains("\u{1B}"))
        #expect(try collector.terminate() == 0)
    }

    @Test("The line mode says new events as lines and ends at the end of its input")
    func lineMode() throws {
        let folder = try TestFolder()
        let collector = try CollectorProcess(in: folder)
        try Self.report([Self.rejected("old-batch-runner")], to: collector.socket, in: folder)
        let commands = try folder.write(Array("2\n/outcome:rej\n/expires:<30x\nq\n".utf8), to: "commands")
        let watch = try ChildProcess(
            ["watch", "--accessible", "--db", collector.database, "--socket", collector.socket],
            in: folder,
            label: "watch",
            input: commands
        )
        #expect(try watch.wait() == 0, "\(watch.errors)")
        #expect(watch.output.contains("old-batch-runner"))
        #expect(watch.output.contains("certificate expired"))
        #expect(watch.output.contains("column "))
        #expect(!watch.output.contains("\u{1B}"))
        #expect(try collector.terminate() == 0)
    }
}
