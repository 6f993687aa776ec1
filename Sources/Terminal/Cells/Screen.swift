package import SafeText

/// A whole screen as a value: what a view draws and a driver paints.
///
/// Every row has exactly `size.columns` cells; a wide character is always followed by its right half. Drawing outside
/// of the screen is clipped, never an error.
package struct Screen: Equatable, Sendable {
    /// The size in cells.
    package let size: Size
    /// The characters for rules, bars and marks; the ASCII set keeps everything else ASCII too.
    package let glyphs: GlyphSet
    /// Where the terminal's cursor is shown, nil when it is hidden.
    package var cursor: Point?
    /// All cells, row after row.
    package private(set) var cells: [Cell]

    /// Makes an empty screen.
    package init(size: Size, glyphs: GlyphSet) {
        self.size = size
        self.glyphs = glyphs
        cells = Array(repeating: Cell(" "), count: size.columns * size.rows)
    }

    /// The whole screen as a rectangle.
    package var bounds: Rect { Rect(x: 0, y: 0, width: size.columns, height: size.rows) }

    /// The cell at a place, nil outside of the screen.
    package subscript(x: Int, y: Int) -> Cell? {
        contains(x, y) ? cells[y * size.columns + x] : nil
    }

    /// The cells of one row, from the left.
    package func row(_ y: Int) -> ArraySlice<Cell> {
        cells[y * size.columns..<(y + 1) * size.columns]
    }

    /// Draws a text and returns the column right of it.
    ///
    /// At most `width` cells are drawn. Where a wide character meets the edge a blank is drawn in its place.
    @discardableResult
    package mutating func put(
        _ text: SafeText,
        x: Int,
        y: Int,
        width: Int? = nil,
        role: Role = .text,
        selected: Bool = false
    ) -> Int {
        let text = glyphs.isASCII ? text.asciiOnly() : text
        let end = x + min(max(0, width ?? Int.max), size.columns - min(x, 0))
        var column = x
        for scalar in text.string.unicodeScalars {
            let cells = scalar.cellWidth
            if cells == 0 {
                if column > x { addMark(scalar, x: column, y: y) }
                continue
            }
            guard column < end, column < size.columns else { break }
            let isWhole = column + cells <= end
            let cell = Cell(isWhole ? scalar : " ", role: role, isSelected: selected)
            set(cell, x: column, y: y)
            column += isWhole ? cells : 1
        }
        return column
    }

    /// Puts one cell down; half of a wide character that it covers takes the other half with it.
    package mutating func set(_ cell: Cell, x: Int, y: Int) {
        if cell.width == 2, contains(x, y) != contains(x + 1, y) {
            let inside = contains(x, y) ? x : x + 1
            return set(cell.blanked, x: inside, y: y)
        }
        guard contains(x, y), cell.width > 0 else { return }
        breakWide(x, y)
        let index = y * size.columns + x
        if cell.width == 2 {
            breakWide(x + 1, y)
            cells[index + 1] = cell.rightHalf
        }
        cells[index] = cell
    }

    /// Fills a rectangle with a narrow character.
    package mutating func fill(_ rect: Rect, _ scalar: Unicode.Scalar = " ", role: Role = .text) {
        let part = rect.clipped(to: size)
        let cell = Cell(scalar, role: role)
        let narrow = cell.width == 1 ? cell : cell.blanked
        for y in part.y..<part.endY {
            for x in part.x..<part.endX { set(narrow, x: x, y: y) }
        }
    }

    /// Shows the cells of a row as selected, from column `from` up to but not including `to`.
    package mutating func highlightRow(y: Int, from: Int = 0, to: Int? = nil, isOn: Bool = true) {
        let part = Rect(x: from, y: y, width: (to ?? size.columns) - from, height: 1).clipped(to: size)
        guard part.height == 1 else { return }
        for x in part.x..<part.endX { cells[y * size.columns + x].isSelected = isOn }
    }

    /// Puts the runs of another screen into this one.
    package mutating func apply(_ runs: [ScreenRun], from screen: Screen) {
        for run in runs {
            let start = run.y * size.columns + run.start
            let end = run.y * size.columns + run.end
            cells.replaceSubrange(start..<end, with: screen.cells[start..<end])
        }
        cursor = screen.cursor
    }

    private func contains(_ x: Int, _ y: Int) -> Bool {
        x >= 0 && x < size.columns && y >= 0 && y < size.rows
    }

    private mutating func breakWide(_ x: Int, _ y: Int) {
        let index = y * size.columns + x
        if cells[index].width == 2 {
            cells[index + 1] = cells[index + 1].blanked
        } else if cells[index].width == 0 {
            cells[index - 1] = cells[index - 1].blanked
        }
        cells[index] = cells[index].blanked
    }

    private mutating func addMark(_ mark: Unicode.Scalar, x: Int, y: Int) {
        let base = self[x - 1, y]?.width == 0 ? x - 2 : x - 1
        guard contains(base, y) else { return }
        cells[y * size.columns + base].add(mark: mark)
    }
}
