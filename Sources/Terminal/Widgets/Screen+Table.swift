package import SafeText

/// The text of one cell of a table.
package struct TableCell: Hashable, Sendable {
    /// The text, of any length.
    package let text: SafeText
    /// What it means.
    package let role: Role

    /// Makes a cell's text.
    package init(_ text: SafeText, role: Role = .text) {
        self.text = text
        self.role = role
    }
}

extension Screen {
    /// Draws the headings of a table.
    package mutating func put(headings layout: TableLayout, x: Int, y: Int, role: Role = .title) {
        for place in layout.places {
            let text = glyphs.fitted(place.column.title, to: place.width, place.column.alignment)
            put(text, x: x + place.x, y: y, role: role)
        }
    }

    /// Draws a row of a table: `row` has a text for each column the layout was made from.
    package mutating func put(
        row: [TableCell],
        layout: TableLayout,
        x: Int,
        y: Int,
        selected: Bool = false
    ) {
        for place in layout.places where place.index < row.count {
            let cell = row[place.index]
            let column = place.column
            let text = glyphs.fitted(cell.text, to: place.width, column.alignment, keeping: column.kept)
            put(text, x: x + place.x, y: y, role: cell.role)
        }
        if selected { highlightRow(y: y, from: x, to: x + layout.width) }
    }
}
