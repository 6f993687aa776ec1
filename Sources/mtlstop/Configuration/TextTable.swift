import SafeText

/// Aligned columns of text that fit a width.
///
/// A column is as wide as its widest cell; when that is too much in all, the widest of the columns that may shrink
/// give way until the line fits or every one has its least width.
struct TextTable: Sendable {
    /// One column.
    struct Column: Sendable {
        var title: SafeText
        var alignment: SafeText.Alignment = .left
        /// Never narrower than this.
        var least: Int = 4
        /// True when the column may be cut.
        var shrinks = false
        /// What stays when a cell is cut.
        var keeping: SafeText.Kept = .start
    }

    let columns: [Column]
    private let widths: [Int]

    /// Lays the table out for some rows; later rows are cut to the same widths.
    init(_ columns: [Column], rows: [[SafeText]], width: Int?) {
        self.columns = columns
        var widths = columns.map { max($0.title.width, 1) }
        for row in rows {
            for (index, cell) in row.enumerated() where index < widths.count {
                widths[index] = max(widths[index], cell.width)
            }
        }
        self.widths = Self.fitted(widths, columns, to: width)
    }

    /// The line with the titles.
    var header: SafeText { line(columns.map(\.title)) }

    /// A row as a line, without blanks at its end.
    func line(_ cells: [SafeText]) -> SafeText {
        var result: SafeText = ""
        let last = cells.lastIndex { !$0.isEmpty } ?? 0
        for (index, cell) in cells.enumerated() where index <= last && index < columns.count {
            let column = columns[index]
            if index > 0 { result += "  " }
            let isLast = index == last
            let cut = cell.cut(to: widths[index], keeping: column.keeping)
            result += isLast && column.alignment == .left ? cut : cut.padded(to: widths[index], column.alignment)
        }
        return result
    }

    private static func fitted(_ widths: [Int], _ columns: [Column], to width: Int?) -> [Int] {
        guard let width else { return widths }
        var result = widths
        var excess = result.reduce(0, +) + 2 * (columns.count - 1) - width
        while excess > 0 {
            let shrinking = result.indices.filter { columns[$0].shrinks && result[$0] > columns[$0].least }
            guard let widest = shrinking.max(by: { result[$0] < result[$1] }) else { return result }
            result[widest] -= 1
            excess -= 1
        }
        return result
    }
}
