import SafeText
import Terminal

/// Draws a list: titles, rows, and the marked selection.
struct ListTable<Row> {
    var columns: [ListColumn<Row>]
    /// False while another pane has the keys: the mark stays, the style goes.
    var isFocused = true
    var hasTitles = true
    /// The title of the column that the cell cursor is in; nil while the whole row is selected.
    var cell: String?
    /// The cells it takes from the left; nil for the whole screen.
    var width: Int?

    /// Draws titles at `y` and at most `height` rows below, from `top`; `selected` is an index into `rows`.
    func draw(_ rows: [Row], top: Int, selected: Int?, into screen: inout Screen, y: Int, height: Int) {
        let layout = layout(in: width ?? screen.size.columns)
        var first = y
        if hasTitles {
            screen.put(headings: layout, x: 1, y: y)
            first += 1
        }
        for line in 0..<max(0, height) {
            let index = top + line
            guard index >= 0, index < rows.count else { break }
            draw(rows[index], layout, isSelected: index == selected, into: &screen, y: first + line)
        }
    }

    /// Where the columns stand; the one with the cell cursor is always among them.
    func layout(in width: Int) -> TableLayout {
        let wanted = columns.map { column in
            cell != nil && column.title == cell ? column.column.raised : column.column
        }
        return TableLayout(wanted, width: width - 2)
    }

    /// Draws one row; the mark in the first cell repeats what the style says.
    private func draw(_ row: Row, _ layout: TableLayout, isSelected: Bool, into screen: inout Screen, y: Int) {
        let cells = columns.map { column in
            let text = column.text(row)
            // An empty cell has no colour of its own, which would show as a block in the selected row.
            return TableCell(text, role: text.isEmpty ? .text : text.wasEscaped ? .escaped : column.role(row))
        }
        screen.put(row: cells, layout: layout, x: 1, y: y)
        guard isSelected else { return }
        screen.put(">", x: 0, y: y, width: 1, role: .selected)
        guard isFocused else { return }
        screen.highlightRow(y: y, to: width)
        if let place = layout.places.first(where: { $0.column.title.string == cell }) {
            screen.highlightRow(y: y, from: 1 + place.x, to: 1 + place.x + place.width, isOn: false)
        }
    }
}
