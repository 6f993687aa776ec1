package import SafeText

/// Breaks text into lines.
package enum TextWrap {
    /// The text in lines of at most `width` cells, broken at blanks; a word that is too long is broken inside.
    ///
    /// `indent` cells are kept free at the start of every line but the first.
    package static func lines(_ text: SafeText, width: Int, indent: Int = 0) -> [SafeText] {
        guard width > 0 else { return [] }
        let indent = indent < width ? max(0, indent) : 0
        var lines: [SafeText] = []
        var line = SafeText("")
        for word in text.words {
            if !line.isEmpty, line.width + 1 + word.width <= width {
                line += " " + word
                continue
            }
            if !line.isEmpty { lines.append(line) }
            line = word
            if !lines.isEmpty { line = blanks(indent) + line }
            while line.width > width {
                let start = line.prefix(cells: width)
                guard !start.isEmpty, start.width > (lines.isEmpty ? 0 : indent) else { break }
                lines.append(start)
                line = blanks(indent) + line.dropping(start)
            }
        }
        return line.isEmpty ? lines : lines + [line]
    }

    private static func blanks(_ count: Int) -> SafeText {
        SafeText("").padded(to: count)
    }
}
