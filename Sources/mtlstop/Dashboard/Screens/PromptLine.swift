import SafeText
import Terminal

/// The filter or command line while it is being typed: the text below, what it means above.
enum PromptLine {
    /// Draws the line with its cursor; a long text scrolls so that the cursor stays visible.
    static func draw(_ prompt: FilterPrompt, _ state: DashboardState, into screen: inout Screen, y: Int) {
        let room = max(1, screen.size.columns - 4)
        let shown = prompt.editor.visible(width: room)
        screen.put(sign(prompt.kind), x: 1, y: y, width: 1, role: .key)
        screen.put(shown.text, x: 3, y: y, width: room, role: .input)
        screen.cursor = Point(x: min(3 + shown.cursor, screen.size.columns - 1), y: y)
    }

    /// Draws the error with its column, or what the text does; a caret stands above the place of the error.
    static func drawStatus(_ prompt: FilterPrompt, _ state: DashboardState, into screen: inout Screen, y: Int) {
        guard let problem = prompt.problem else {
            screen.put(left: StyledLine(preview(prompt, state), .dim), right: keys(state), y: y)
            return
        }
        let columns = screen.size.columns
        let caret = min(3 + problem.column - 1, columns - 2)
        let message: SafeText = "column \(problem.column): \(problem.message)"
        if message.width <= columns - caret - 3 {
            screen.put("^ " + message, x: caret, y: y, role: .critical)
        } else if message.width + 2 <= caret {
            screen.put(message + " ^", x: caret - 1 - message.width, y: y, role: .critical)
        } else {
            screen.put(screen.glyphs.cut(message, to: columns - 2), x: 1, y: y, role: .critical)
        }
    }

    private static func sign(_ kind: FilterPrompt.Kind) -> SafeText {
        switch kind {
        case .filter: "/"
        case .command: ":"
        case .find: "\\"
        case .note: "&"
        case .sql: ";"
        }
    }

    /// The commands that begin with what is typed.
    private static func commands(_ typed: String) -> SafeText {
        let fitting = CommandText.names.filter { $0.hasPrefix(typed.prefix { $0 != " " }) }
        return " " + SafeText(fitting.joined(separator: " "))
    }

    private static func preview(_ prompt: FilterPrompt, _ state: DashboardState) -> SafeText {
        switch prompt.kind {
        case .command: return commands(prompt.editor.text)
        case .find: return " finds a text and hides nothing; n and N go on"
        case .sql: return " one SELECT, read-only; tables: SELECT name, sql FROM sqlite_schema"
        case .note(let subject): return " note on this \(subject.title); empty takes it away"
        case .filter: break
        }
        if prompt.editor.text.isEmpty { return " example: outcome:rej and ip:10.0.0.0/8" }
        if let last = prompt.editor.text.last, ":=~<>".contains(last) { return " its value: type it, or Tab" }
        if state.book.isWaiting(.live) { return " searching…" }
        guard state.view == .live, let window = state.liveWindow else {
            return " the other rows are hidden while you type"
        }
        let count = window.rows.count
        if count == 0 { return " no event would stay" }
        let more: SafeText = window.reachedOldest ? "" : "+"
        return " \(Figures.grouped(count))\(more) \(count == 1 ? "event stays" : "events stay")"
    }

    private static func keys(_ state: DashboardState) -> StyledLine {
        let hints = Keymap.hints(in: [.prompt], width: 60, leaving: nil, bindings: state.bindings)
        return StyledLine(hints.flatMap { [Span($0.key, .key), Span(" \($0.word)  ", .dim)] })
    }
}
