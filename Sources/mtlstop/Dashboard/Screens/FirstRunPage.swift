import SafeText
import Terminal

/// What is shown before the first event: what already works, and how to send one.
enum FirstRunPage {
    static func draw(_ state: DashboardState, into screen: inout Screen) {
        let top = state.layout.bodyTop
        let width = screen.size.columns - 4
        for (index, line) in lines(state, width: width).prefix(state.layout.bodyRows).enumerated() {
            screen.put(line, x: 3, y: top + index, width: width)
        }
    }

    private static func lines(_ state: DashboardState, width: Int) -> [StyledLine] {
        [StyledLine("Welcome to mtlstop. Nothing has been recorded so far.", .title), StyledLine()]
            + checks(state, width: width)
            + [StyledLine(), StyledLine("Send one event from another terminal:"), StyledLine()]
            + example(state)
            + [
                StyledLine([Span("or press "), Span("T", .key), Span(": a test event is sent from here.")]),
                StyledLine(),
                StyledLine("Connect an application: hooks in integrations/node for Node, AuditReporter"),
                StyledLine([
                    Span("for Swift, or JSON lines into the socket: "), Span("h", .key), Span(" shows how, "),
                    Span("y", .key), Span(" copies the hook."),
                ]),
                StyledLine(),
                StyledLine([
                    Span("Just looking?  "), Span("D", .key),
                    Span("  makes real handshakes on this machine (mtlstop demo)."),
                ]),
            ]
    }

    private static func checks(_ state: DashboardState, width: Int) -> [StyledLine] {
        let database = cut(state.databasePath, width - 18)
        let socket = cut(state.socketPath, width - 18)
        let hasDatabase = state.health.database == .open
        var lines = [check(hasDatabase, "database", hasDatabase ? database : "\(database): not there yet")]
        switch state.health.collector {
        case .inside: lines.append(check(true, "collector", "inside this dashboard"))
        case .outside(let pid): lines.append(check(true, "collector", pid.map { "pid \($0)" } ?? "running"))
        case .absent: lines.append(check(false, "collector", "none runs, and --read-only starts none"))
        case .down: lines.append(check(false, "collector", "gone: start it with  mtlstop collect"))
        case .unknown: lines.append(check(false, "collector", "looking…"))
        }
        lines.append([Span("    "), Span(SafeText("socket").padded(to: 14)), Span(socket, .dim)])
        lines.append(check(false, "first event", "waiting"))
        return lines
    }

    private static func check(_ isDone: Bool, _ label: SafeText, _ text: SafeText) -> StyledLine {
        [Span(isDone ? "[x] " : "[ ] ", isDone ? .ok : .warning), Span(label.padded(to: 14)), Span(text)]
    }

    private static func example(_ state: DashboardState) -> [StyledLine] {
        [
            StyledLine("  echo '{\"event\":\"rejected\",\"reason\":\"header_missing_or_malformed\",", .input),
            StyledLine("    \"ip\":\"192.0.2.1\",\"path\":\"/x\"}' | \(state.sendCommand)", .input),
        ]
    }

    private static func cut(_ path: String, _ width: Int) -> SafeText {
        SafeText(path).cut(to: max(1, width), keeping: .end)
    }
}
