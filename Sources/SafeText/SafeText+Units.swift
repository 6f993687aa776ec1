extension SafeText {
    /// A part that is shown whole or not at all: a grapheme, or one escape in the visible notation.
    struct Unit {
        let end: String.Index
        let width: Int
    }

    /// The text's width in terminal cells.
    public var width: Int {
        if isASCII { return string.utf8.count }
        return string.unicodeScalars.reduce(0) { $0 + $1.cellWidth }
    }

    /// True when every character is one byte and one cell.
    var isASCII: Bool {
        var copy = string
        return copy.withUTF8 { bytes in
            for byte in bytes where byte >= 0x80 { return false }
            return true
        }
    }

    /// True when every byte is a unit of its own: ASCII without a backslash.
    var isPlain: Bool {
        guard !wasEscaped else { return false }
        var copy = string
        return copy.withUTF8 { Escaper.isPlain($0, limit: .max) }
    }

    /// The units of the text in order.
    var units: [Unit] {
        var result: [Unit] = []
        var index = string.startIndex
        while index < string.endIndex {
            let unit = unit(at: index)
            result.append(unit)
            index = unit.end
        }
        return result
    }

    func unit(at start: String.Index) -> Unit {
        if string[start] == "\\", let unit = notation(at: start) { return unit }
        let end = string.index(after: start)
        let width = string[start].unicodeScalars.reduce(0) { $0 + $1.cellWidth }
        return Unit(end: end, width: width)
    }

    private func notation(at start: String.Index) -> Unit? {
        // The longest notation is \u{10ffff}, ten bytes.
        let bytes = Array(string.utf8[start...].prefix(10))
        guard let length = Notation.length(in: bytes, at: 0) else { return nil }
        return Unit(end: string.utf8.index(start, offsetBy: length), width: length)
    }
}

extension SafeText {
    /// The parts between blanks.
    package var words: [SafeText] {
        string.split(separator: " ").map { SafeText(trusted: String($0), wasEscaped: wasEscaped) }
    }

    /// What comes after `start`, a beginning of this text.
    package func dropping(_ start: SafeText) -> SafeText {
        let index = string.utf8.index(string.startIndex, offsetBy: min(start.string.utf8.count, string.utf8.count))
        return SafeText(trusted: String(string[index...]), wasEscaped: wasEscaped)
    }
}
