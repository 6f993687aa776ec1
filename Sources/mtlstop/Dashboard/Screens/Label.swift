import SafeText
import Terminal

/// Lines with a word in front: "subject   CN=…".
enum Label {
    /// Cells of the word and the gap behind it.
    static let width = 11

    static func line(_ label: SafeText, _ text: SafeText, _ role: Role = .text) -> StyledLine {
        let shown = text.wasEscaped ? Role.escaped : role
        return [Span(label.padded(to: width), .dim), Span(text, shown)]
    }

    static func line(_ label: SafeText, _ line: StyledLine) -> StyledLine {
        StyledLine([Span(label.padded(to: width), .dim)]) + line
    }

    /// Long text in as many lines as it needs.
    static func wrapped(_ label: SafeText, _ text: SafeText, width total: Int, _ role: Role = .text) -> [StyledLine] {
        let lines = TextWrap.lines(text, width: max(1, total - width))
        return lines.enumerated().map { index, part in line(index == 0 ? label : "", part, role) }
    }
}
