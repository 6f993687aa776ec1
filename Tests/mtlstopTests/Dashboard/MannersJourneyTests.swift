import Glibc
import Testing

@Suite("Manners on a real terminal", .serialized)
struct MannersJourneyTests {
    private static func report(_ count: Int, to session: TmuxSession) throws {
        let lines = (1...count).map { number in
            let outcome = number % 4 == 0 ? #""rejected","reason":"header_missing_or_malformed""# : #""authenticated""#
            return #"{"event":\#(outcome),"cn":"svc-\#(number)","path":"/v1/\#(number)","ip":"10.0.0.\#(number)"}"#
        }
        let input = try session.folder.write(Array(lines.map { $0 + "\n" }.joined().utf8), to: "events.ndjson")
        let sender = try ChildProcess(
            ["send", "--socket", session.socket],
            in: session.folder,
            label: "send",
            input: input
        )
        try #require(try sender.wait() == 0, "\(sender.errors)")
    }

    @Test("Range, theme and view are there again after a restart, and --fresh starts as new")
    func sessions() throws {
        let session = try TmuxSession(columns: 120, rows: 36)
        try session.startDashboard()
        try session.expect("Welcome to mtlstop")
        try Self.report(8, to: session)
        try session.expect("svc-8")
        try session.press("}")
        try session.expect("not following")
        try session.press("2")
        try session.expect("[2 Rejections]")
        try session.press("z")
        try session.expect("range: last 6h")
        try session.press("F2")
        try session.expect("Enter changes")
        try session.press("Enter")
        try session.expect("dark")
        try session.press("F2", "q")
        try session.expect("left-0")
        try session.startDashboard()
        try session.expect("[2 Rejections]")
        try session.expect("range: last 6h")
        try session.press("q")
        try session.expectGone("[2 Rejections]")
        try session.expectPrompt()
        try session.startDashboard("--fresh")
        try session.expect("[1 Live]")
        try session.press("q")
        try session.expectGone("[1 Live]")
    }

    @Test("A key from dashboard.conf works, and a conflict is told with its line before the screen opens")
    func keys() throws {
        let session = try TmuxSession(columns: 80, rows: 24)
        let folder = session.folder["config/mtlstop"]
        try session.run("mkdir -p \(folder); echo 'map F7 view-sources' > \(folder)/dashboard.conf")
        try session.startDashboard("--config \(folder)")
        try session.expect("Welcome to mtlstop")
        try session.press("F7")
        try session.expect("[5 Sources]")
        try session.press("q")
        try session.expect("left-0")
        try session.run("clear; echo 'map 1 quit' >> \(folder)/dashboard.conf")
        try session.startDashboard("--config \(folder)")
        try session.expect("line 2: 1 would")
        try session.expect("left-65")
    }

    @Test("Ctrl-Z gives the terminal back, and fg brings the screen back")
    func suspend() throws {
        let session = try TmuxSession(columns: 80, rows: 24)
        try session.run("set -m")
        try session.startDashboard()
        try session.expect("Welcome to mtlstop")
        try session.press("C-z")
        try session.expect("left-148")
        try session.expectPrompt()
        try session.run("fg")
        try session.expect("Welcome to mtlstop")
        try session.press("q")
        try session.expectGone("Welcome to mtlstop")
        try session.expectPrompt()
        try session.run("echo back-$((40+2))")
        try session.expect("back-42")
    }

    @Test("With the mouse on a press on a view's name opens it, and the terminal is left without reports")
    func mouse() throws {
        let session = try TmuxSession(columns: 80, rows: 24)
        try session.startDashboard()
        try session.expect("Welcome to mtlstop")
        try Self.report(4, to: session)
        try session.expect("svc-4")
        try session.press(":")
        try session.run("set mouse on")
        try session.expect("mouse: on")
        // The report of a press on the third view's name, as a terminal sends it.
        try session.type("\u{1B}[<0;26;1M")
        try session.expect("[3 Certs]")
        try session.press("q")
        try session.expect("left-0")
        try session.run("echo clean-$((40+2))")
        try session.expect("clean-42")
    }

    @Test(
        "Whatever the terminal calls itself, views, selection and prompts are drawn and the shell comes back",
        arguments: ["xterm-256color", "screen-256color", "tmux-256color", "linux", "vt100"]
    )
    func terminals(_ term: String) throws {
        let session = try TmuxSession(columns: 100, rows: 30)
        _ = try JourneyDatabase(at: session.database)
        try session.startDashboard("--read-only", environment: "TERM=\(term)")
        try session.expect("[1 Live]")
        try session.expect(">")
        try session.press("j", "j")
        try session.expect("row 3 of 42")
        try session.press("2")
        try session.expect("[2 Rejections]")
        try session.expect("certificate expired")
        try session.press("?")
        try session.expect("keys of this place")
        try session.press("q")
        try session.expectGone("keys of this place")
        try session.press("Q")
        try session.expect("left-0")
    }

    @Test("With NO_COLOR no colour reaches the terminal, and the selected row stands out all the same")
    func withoutColours() throws {
        let session = try TmuxSession(columns: 80, rows: 24)
        _ = try JourneyDatabase(at: session.database)
        try session.startDashboard("--read-only", environment: "NO_COLOR=1 TERM=xterm-256color")
        try session.expect("old-batch-runner")
        let styles = try session.styledScreen().split(separator: "\u{1B}[").dropFirst().map { part in
            part.prefix { $0 != "m" }.split(separator: ";").compactMap { Int($0) }
        }
        // 39 and 49 are the terminal's own colours.
        let colours = styles.joined().filter { (30...48).contains($0) && $0 != 39 || (90...107).contains($0) }
        #expect(colours.isEmpty, "\(colours)")
        #expect(styles.contains { $0.contains(7) }, "the selected row is reverse")
        try session.press("Q")
        try session.expect("left-0")
    }
}
