import SafeText
import Terminal

/// Text with one role.
struct Span: Hashable, Sendable {
    var text: SafeText
    var role: Role

    init(_ text: SafeText, _ role: Role = .text) {
        self.text = text
        self.role = role
    }
}

/// A line of spans, drawn from left to right.
struct StyledLine: Hashable, Sendable, ExpressibleByArrayLiteral {
    var spans: [Span]

    init(_ spans: [Span] = []) {
        self.spans = spans
    }

    init(_ text: SafeText, _ role: Role = .text) {
        spans = [Span(text, role)]
    }

    init(arrayLiteral elements: Span...) {
        spans = elements
    }

    var width: Int { spans.reduce(0) { $0 + $1.text.width } }

    var text: SafeText { spans.map(\.text).joined() }

    static func + (left: StyledLine, right: StyledLine) -> StyledLine {
        StyledLine(left.spans + right.spans)
    }
}

extension Screen {
    /// Draws a line and cuts it at a width; returns the x after its last cell.
    @discardableResult
    mutating func put(_ line: StyledLine, x: Int, y: Int, width: Int) -> Int {
        var place = x
        let end = x + width
        for span in line.spans where place < end {
            place = put(glyphs.cut(span.text, to: end - place), x: place, y: y, width: end - place, role: span.role)
        }
        return place
    }

    /// Draws one line at the left and one at the right; the left one is cut where both do not fit.
    mutating func put(left: StyledLine, right: StyledLine, y: Int) {
        let start = size.columns - right.width - 1
        guard right.width > 0, start >= 12 else {
            put(left, x: 0, y: y, width: size.columns)
            return
        }
        put(left, x: 0, y: y, width: start - 1)
        put(right, x: start, y: y, width: right.width)
    }
}
