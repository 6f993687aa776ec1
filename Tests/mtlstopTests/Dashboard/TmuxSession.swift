import Glibc
import Testing

/// A real terminal for a test: a tmux server of its own with a shell in it, killed when the test is over.
final class TmuxSession {
    let folder: TestFolder
    private static let program = "/usr/bin/tmux"

    init(columns: Int, rows: Int) throws {
        folder = try TestFolder()
        // The shell ends by itself when the test run is killed and nobody ends the server.
        let home = "HOME=\(folder.path) XDG_STATE_HOME=\(folder["state"]) XDG_CONFIG_HOME=\(folder["config"])"
        let shell = "timeout --foreground -s KILL 180 env PS1='READY> ' LC_ALL=C.UTF-8 ENV= \(home) sh"
        try tmux("-f", "/dev/null", "new-session", "-d", "-x", "\(columns)", "-y", "\(rows)", shell)
        try expect("READY>")
    }

    deinit {
        hangUp()
    }

    /// Takes the terminal away from whatever runs in it.
    func hangUp() {
        _ = try? tmux("kill-server")
    }

    var database: String { folder["audit.db"] }
    var socket: String { folder["ingest.sock"] }

    /// Starts the dashboard on the session's database; the shell says `left-` and the exit code when it ends.
    func startDashboard(_ options: String = "", environment: String = "") throws {
        try run(
            "\(environment) \(ChildProcess.program) watch --db \(database) --socket \(socket) \(options); echo left-$?"
        )
    }

    /// Types a line into the terminal.
    func run(_ line: String) throws {
        try type(line)
        try tmux("send-keys", "Enter")
    }

    /// Types a text into the terminal, and no Enter behind it.
    func type(_ text: String) throws {
        try tmux("send-keys", "-l", text)
    }

    /// Presses keys, by tmux's names.
    func press(_ keys: String...) throws {
        for key in keys { try tmux("send-keys", key) }
    }

    /// Makes the terminal another size.
    func resize(columns: Int, rows: Int) throws {
        try tmux("resize-window", "-x", "\(columns)", "-y", "\(rows)")
    }

    /// Keeps everything that is sent to the terminal from now on in a file of the folder, byte for byte.
    func record(to name: String) throws {
        try tmux("pipe-pane", "exec cat > '\(folder[name])'")
    }

    /// Waits until two looks at the terminal, 60 ms apart, show the same.
    func settle() throws {
        let deadline = ContinuousClock.now + .seconds(10)
        var before = try screen()
        while ContinuousClock.now < deadline {
            poll(nil, 0, 60)
            let now = try screen()
            if now == before { return }
            before = now
        }
    }

    /// What the terminal shows.
    func screen() throws -> String { try tmux("capture-pane", "-p") }

    /// What the terminal shows, with the sequences that set its colours.
    func styledScreen() throws -> String { try tmux("capture-pane", "-p", "-e") }

    /// True while a program has switched to the alternate screen.
    func isAlternate() throws -> Bool {
        try tmux("display-message", "-p", "#{alternate_on}").hasPrefix("1")
    }

    /// The process of the dashboard, found by its database.
    func dashboardPID() throws -> pid_t {
        let found = try output("/usr/bin/pgrep", ["-f", "mtlstop watch --db \(database)"])
        return try #require(pid_t(found.prefix { $0.isNumber }))
    }

    /// Waits until the terminal shows a text; records what it shows when that does not happen within 30 seconds.
    func expect(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        try wait("\"\(text)\"", sourceLocation) { $0.contains(text) }
    }

    /// Waits until a text is gone.
    func expectGone(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        try wait("no \"\(text)\"", sourceLocation) { !$0.contains(text) }
    }

    /// Waits until the shell asks for a line; what is typed before a program has gone, it throws away.
    func expectPrompt(sourceLocation: SourceLocation = #_sourceLocation) throws {
        try wait("the shell's prompt at its end", sourceLocation) { shown in
            shown.split(separator: "\n").last { $0.contains { $0 != " " } } == "READY>"
        }
    }

    private func wait(_ what: String, _ place: SourceLocation, until isThere: (String) -> Bool) throws {
        let deadline = ContinuousClock.now + .seconds(30)
        var shown = ""
        while ContinuousClock.now < deadline {
            shown = try screen()
            if isThere(shown) { return }
            poll(nil, 0, 20)
        }
        Issue.record("the terminal never showed \(what):\n\(shown)", sourceLocation: place)
        throw Overdue(what: what)
    }

    @discardableResult
    private func tmux(_ arguments: String...) throws -> String {
        try output(Self.program, ["-S", folder["tmux.sock"]] + arguments)
    }

    private func output(_ program: String, _ arguments: [String]) throws -> String {
        let child = try ChildProcess(
            arguments,
            in: folder,
            label: "tmux",
            environment: ["TERM": "xterm-256color"],
            program: program
        )
        _ = try child.wait()
        return child.output
    }
}
