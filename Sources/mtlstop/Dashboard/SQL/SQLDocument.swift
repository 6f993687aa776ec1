import AuditStore
import SafeText
import Terminal

/// The rows of a SELECT as a table.
enum SQLDocument {
    /// The most cells of a column.
    private static let widest = 48

    static func make(_ question: SQLQuestion, _ state: DashboardState, width: Int) -> Document {
        var document = Document()
        document.add(Label.wrapped("sql", SafeText(question.text), width: width, .input))
        switch state.sqlOutcome(question) {
        case nil: document.add(StyledLine("reading… ^G stops it", .dim))
        case .failed(let error): document.field("error", SafeText(error.message), width: width, role: .critical)
        case .found(let result): add(result, to: &document, width: width)
        }
        return document
    }

    private static func add(_ result: SQLResult, to document: inout Document, width: Int) {
        let rows = Figures.counted(result.rows.count, "row", "rows")
        let cut: SafeText = result.isCut ? ", cut: there are more" : ""
        document.heading("\(rows) in \(result.milliseconds) ms\(cut)")
        let cells = result.rows.map { $0.map(text) }
        let titles = result.columns.map { SafeText($0) }
        let widths = widths(titles, cells, width: width)
        document.add(line(titles, widths, .title))
        for row in cells { document.add(line(row, widths, .text)) }
    }

    /// What each column needs; the widest give way until all fit, as long as they keep eight cells.
    private static func widths(_ titles: [SafeText], _ rows: [[SafeText]], width: Int) -> [Int] {
        var widths = titles.map { min(widest, max(1, $0.width)) }
        for row in rows {
            for (column, cell) in row.enumerated() where column < widths.count {
                widths[column] = min(widest, max(widths[column], cell.width))
            }
        }
        while widths.reduce(0, { $0 + $1 + 2 }) > width + 2, let widest = widths.max(), widest > 8 {
            guard let place = widths.firstIndex(of: widest) else { break }
            widths[place] = widest - 1
        }
        return widths
    }

    private static func line(_ cells: [SafeText], _ widths: [Int], _ role: Role) -> StyledLine {
        StyledLine(
            zip(cells, widths).map { cell, width in
                let shown = cell.width > width ? cell.cut(to: width) : cell
                return Span(shown.padded(to: width + 2), cell.wasEscaped ? .escaped : role)
            }
        )
    }

    private static func text(_ value: SQLValue) -> SafeText {
        switch value {
        case .null: return "NULL"
        case .integer(let number): return "\(number)"
        case .real(let number): return SafeText(String(number))
        case .text(let text): return SafeText(text)
        case .blob(let bytes, let count):
            let digits = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
            return count > bytes.count ? "x'\(digits)…' \(count) bytes" : "x'\(digits)'"
        }
    }
}
