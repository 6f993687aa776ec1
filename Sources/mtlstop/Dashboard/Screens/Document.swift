import SafeText
import Terminal

/// Text that scrolls: lines and the headings among them.
struct Document: Sendable {
    var lines: [DocumentLine] = []

    /// The lines that are headings.
    var sections: [Int] { lines.indices.filter { lines[$0].isHeading } }

    mutating func heading(_ title: SafeText) {
        lines.append(.heading(title))
    }

    mutating func add(_ line: StyledLine) {
        lines.append(DocumentLine(line.spans))
    }

    mutating func add(_ added: [StyledLine]) {
        for line in added { add(line) }
    }

    /// A value with its label, in as many lines as it needs; nothing for no value.
    mutating func field(_ label: SafeText, _ text: SafeText?, width: Int, role: Role = .text) {
        guard let text, !text.isEmpty else { return }
        add(Label.wrapped(label, text, width: width, role))
    }
}

/// A line of a document.
struct DocumentLine: Sendable {
    var text: StyledLine
    var isHeading = false

    init(_ spans: [Span]) {
        text = StyledLine(spans)
    }

    static func heading(_ title: SafeText) -> DocumentLine {
        var line = DocumentLine([Span(title, .title)])
        line.isHeading = true
        return line
    }
}
