extension Screen {
    /// The rows as text, blanks at their ends left out.
    package func text() -> String {
        (0..<size.rows).map { rowText($0, trimmed: true) }.joined(separator: "\n")
    }

    /// The golden form: every row between bars, then the styles of the rows that are not all plain text.
    ///
    /// A style line is the row's number and its runs: the role's letter, `!` where selected, and the count of cells.
    package func dump() -> String {
        var lines = (0..<size.rows).map { "|" + rowText($0, trimmed: false) + "|" }
        lines += (0..<size.rows).compactMap(styleLine)
        if let cursor { lines.append("cursor \(cursor.x),\(cursor.y)") }
        return lines.joined(separator: "\n") + "\n"
    }

    /// One row as text.
    package func rowText(_ y: Int, trimmed: Bool) -> String {
        var result = ""
        for cell in row(y) { cell.append(to: &result) }
        guard trimmed else { return result }
        while result.last == " " { result.removeLast() }
        return result
    }

    private func styleLine(_ y: Int) -> String? {
        var runs: [(style: String, count: Int)] = []
        for cell in row(y) {
            let style = String(cell.role.letter) + (cell.isSelected ? "!" : "")
            if let last = runs.last, last.style == style {
                runs[runs.count - 1].count += 1
            } else {
                runs.append((style, 1))
            }
        }
        if runs.allSatisfy({ $0.style == "." }) { return nil }
        return "\(y): " + runs.map { $0.style + String($0.count) }.joined(separator: " ")
    }
}
