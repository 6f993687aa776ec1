/// A size in cells.
package struct Size: Hashable, Sendable {
    /// Cells in a row, at least 0.
    package var columns: Int
    /// Rows, at least 0.
    package var rows: Int

    /// Makes a size; negative numbers become 0.
    package init(columns: Int, rows: Int) {
        self.columns = max(0, columns)
        self.rows = max(0, rows)
    }
}

/// A place on the screen; 0, 0 is the upper left cell.
package struct Point: Hashable, Sendable {
    /// The column, from the left.
    package var x: Int
    /// The row, from the top.
    package var y: Int

    /// Makes a point.
    package init(x: Int, y: Int) {
        self.x = x
        self.y = y
    }
}

/// A rectangle of cells.
package struct Rect: Hashable, Sendable {
    /// The left column.
    package var x: Int
    /// The upper row.
    package var y: Int
    /// Cells in a row, at least 0.
    package var width: Int
    /// Rows, at least 0.
    package var height: Int

    /// Makes a rectangle; negative measures become 0.
    package init(x: Int, y: Int, width: Int, height: Int) {
        self.x = x
        self.y = y
        self.width = max(0, width)
        self.height = max(0, height)
    }

    /// The column right of the rectangle.
    package var endX: Int { x + width }

    /// The row below the rectangle.
    package var endY: Int { y + height }

    /// The rectangle without a border of `amount` cells on each side.
    package func inset(by amount: Int) -> Rect {
        Rect(x: x + amount, y: y + amount, width: width - 2 * amount, height: height - 2 * amount)
    }

    /// The part of the rectangle that lies on a screen of `size`.
    package func clipped(to size: Size) -> Rect {
        let left = min(max(0, x), size.columns)
        let top = min(max(0, y), size.rows)
        let right = max(left, min(size.columns, endX))
        let bottom = max(top, min(size.rows, endY))
        return Rect(x: left, y: top, width: right - left, height: bottom - top)
    }
}
