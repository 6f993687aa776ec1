/// Where the columns of a table stand in a given width.
package struct TableLayout: Hashable, Sendable {
    /// A column that is shown.
    package struct Place: Hashable, Sendable {
        /// The column's index in the list the layout was made from.
        package let index: Int
        /// The column itself.
        package let column: TableColumn
        /// Its first cell, counted from the table's left edge.
        package let x: Int
        /// Its cells.
        package let width: Int
    }

    /// The columns shown, from the left.
    package let places: [Place]
    /// The cells the table takes.
    package let width: Int

    /// Fits columns into `width` cells with `gap` blanks between them.
    ///
    /// Columns are dropped by priority until the minimums fit (of equals the right one first); one always stays. What
    /// is left goes to the columns by weight, none beyond its maximum.
    package init(_ columns: [TableColumn], width: Int, gap: Int = 1) {
        var shown = Array(columns.indices)
        func needed() -> Int { shown.reduce(0) { $0 + columns[$1].minimum } + gap * max(0, shown.count - 1) }
        while shown.count > 1, needed() > width {
            let least = shown.indices.reversed().min { columns[shown[$0]].priority < columns[shown[$1]].priority }
            guard let least else { break }
            shown.remove(at: least)
        }
        let room = max(0, width) - gap * max(0, shown.count - 1)
        let widths = TableLayout.share(room, among: shown.map { columns[$0] })
        var x = 0
        var places: [Place] = []
        for (index, cells) in zip(shown, widths) {
            places.append(Place(index: index, column: columns[index], x: x, width: cells))
            x += cells + gap
        }
        self.places = places
        self.width = max(0, width)
    }

    /// The cells of a column by its index, nil when it is not shown.
    package func width(of index: Int) -> Int? {
        places.first { $0.index == index }?.width
    }

    private static func share(_ room: Int, among columns: [TableColumn]) -> [Int] {
        var widths = columns.map { min($0.minimum, room) }
        var left = room - widths.reduce(0, +)
        while left > 0 {
            let open = columns.indices.filter { columns[$0].weight > 0 && widths[$0] < columns[$0].maximum ?? Int.max }
            let weights = open.reduce(0) { $0 + columns[$1].weight }
            guard weights > 0 else { break }
            let before = left
            for index in open {
                let part = min(max(1, before * columns[index].weight / weights), left)
                let grown = min(widths[index] + part, columns[index].maximum ?? Int.max)
                left -= grown - widths[index]
                widths[index] = grown
            }
        }
        return widths
    }
}
