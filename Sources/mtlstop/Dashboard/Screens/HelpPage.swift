import SafeText
import Terminal

/// The help, made from the key table for the place it was opened in.
enum HelpPage {
    private static func title(_ state: DashboardState) -> SafeText {
        switch state.help?.topic ?? .keys {
        case .keys: "  keys of this place"
        case .all: "  keys of all places"
        case .guide: "  how to connect an application"
        case .word: "  what was looked for"
        }
    }

    /// Lines of help that a terminal shows at once; a wide one shows two columns.
    static func capacity(in size: Size) -> Int { rows(in: size) * columns(in: size) }

    private static func rows(in size: Size) -> Int { max(1, size.rows - 3) }

    private static func columns(in size: Size) -> Int { Layout(size).isWide ? 2 : 1 }

    static func draw(_ state: DashboardState, into screen: inout Screen) {
        screen.fill(screen.bounds)
        screen.cursor = nil
        let lines = lines(for: state)
        let start = min(state.help?.scroll ?? 0, max(0, lines.count - capacity(in: screen.size)))
        let last = min(lines.count, start + capacity(in: screen.size))
        screen.put(
            left: [Span(" HELP", .title), Span(title(state))],
            right: StyledLine("\(start + 1)-\(last) of \(lines.count)", .dim),
            y: 0
        )
        let rows = rows(in: screen.size)
        let width = screen.size.columns / columns(in: screen.size)
        for (index, line) in lines[start..<last].enumerated() {
            draw(line, x: index / rows * width, y: 1 + index % rows, width: width - 1, into: &screen)
        }
        Frame.drawKeys(state, into: &screen)
    }

    private static func draw(_ line: DocumentLine, x: Int, y: Int, width: Int, into screen: inout Screen) {
        if line.isHeading {
            screen.rule(y: y, title: line.text.text, x: x, width: width)
        } else {
            screen.put(line.text, x: x + 1, y: y, width: width - 1)
        }
    }

    /// Every binding that holds on the screen below the help, by group, then the signs and the filter words.
    static func lines(for state: DashboardState) -> [DocumentLine] {
        switch state.help?.topic ?? .keys {
        case .keys: return keyLines(for: state)
        case .all: return allLines(for: state)
        case .guide: return ConnectGuide.lines(state)
        case .word(let word): return lines(with: word, state)
        }
    }

    /// The lines of the whole help, and of the commands, that hold a word.
    private static func lines(with word: String, _ state: DashboardState) -> [DocumentLine] {
        let wanted = word.lowercased()
        let bindings = state.bindings.map { binding in
            let name = SafeText(binding.action.rawValue)
            let place = SafeText(binding.context.rawValue)
            let keys = binding.keys.map(Keymap.name).joined(separator: " ")
            return DocumentLine([
                Span(keys.padded(to: 18), .key), Span(" \(binding.help)  "), Span(":\(name)  \(place)", .dim),
            ])
        }
        let commands = CommandText.withValue.map { command in
            DocumentLine([
                Span(SafeText(":" + command.name).padded(to: 18), .key), Span(" \(SafeText(command.example))"),
            ])
        }
        // An entry to a line: a word of its explanation finds the example too.
        let all = bindings + commands + FilterHelp.lines(width: 120) + signs
        let found = all.filter { !$0.isHeading && $0.text.text.string.lowercased().contains(wanted) }
        let title: SafeText =
            found.isEmpty ? "nothing about \(SafeText(word).cut(to: 30))" : "about \(SafeText(word).cut(to: 30))"
        return [.heading(title)] + found
    }

    private static func keyLines(for state: DashboardState) -> [DocumentLine] {
        let bindings = Keymap.active(in: state.screenContexts + [.prompt], bindings: state.bindings)
        var lines: [DocumentLine] = []
        for group in HelpGroup.allCases {
            let rows = bindings.filter { $0.group == group }
            guard !rows.isEmpty else { continue }
            lines.append(.heading(group.title))
            lines += rows.map { line($0, state) }
        }
        return lines + FilterHelp.lines(width: state.size.columns / columns(in: state.size) - 2) + signs
    }

    /// Every binding there is, by where it holds.
    private static func allLines(for state: DashboardState) -> [DocumentLine] {
        Context.allCases.flatMap { context -> [DocumentLine] in
            let rows = state.bindings.filter { $0.context == context }
            return rows.isEmpty ? [] : [.heading(context.title)] + rows.map { line($0, state) }
        }
    }

    private static func line(_ binding: Binding, _ state: DashboardState) -> DocumentLine {
        let keys = binding.keys.map(Keymap.name).joined(separator: " ")
        // On a narrow screen the words need the room more than the keys.
        let width = state.size.columns < 60 ? keys.width : 18
        return DocumentLine([Span(keys.padded(to: width), .key), Span(" "), Span(binding.help)])
    }

    private static let signs: [DocumentLine] = [
        .heading("signs"),
        DocumentLine([
            Span(SafeText(stringLiteral: "ok  REJ").padded(to: 18), .key), Span(" the result; colour only repeats it"),
        ]),
        DocumentLine([
            Span(SafeText(stringLiteral: "+").padded(to: 18), .key), Span(" first event of this certificate"),
        ]),
        DocumentLine([
            Span(SafeText(stringLiteral: "*  &").padded(to: 18), .key), Span(" marked; with a note"),
        ]),
        DocumentLine([
            Span(SafeText(stringLiteral: "\\e \\x9b \\u{202e}").padded(to: 18), .key),
            Span(" escaped: the original held a control or hidden character"),
        ]),
    ]
}
