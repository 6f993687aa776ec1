/// A part of a row that changed between two screens.
package struct ScreenRun: Equatable, Sendable {
    /// The row.
    package let y: Int
    /// The first column.
    package let start: Int
    /// The column after the last one.
    package let end: Int

    /// The runs that turn `old` into `new`: at most one a row, from the first to the last changed cell.
    ///
    /// A run never starts or ends inside of a wide character of the new screen. Without an old screen, or with one of
    /// another size, every row is a run.
    package static func changes(from old: Screen?, to new: Screen) -> [ScreenRun] {
        let columns = new.size.columns
        guard columns > 0 else { return [] }
        guard let old, old.size == new.size else {
            return (0..<new.size.rows).map { ScreenRun(y: $0, start: 0, end: columns) }
        }
        return (0..<new.size.rows).compactMap { change(row: $0, from: old, to: new) }
    }

    private static func change(row y: Int, from old: Screen, to new: Screen) -> ScreenRun? {
        let first = y * new.size.columns
        let last = first + new.size.columns
        return old.cells.withUnsafeBufferPointer { before in
            new.cells.withUnsafeBufferPointer { after in
                var start = first
                while start < last, before[start] == after[start] { start += 1 }
                guard start < last else { return nil }
                var end = last
                while before[end - 1] == after[end - 1] { end -= 1 }
                if after[start].width == 0 { start -= 1 }
                if after[end - 1].width == 2 { end += 1 }
                return ScreenRun(y: y, start: start - first, end: end - first)
            }
        }
    }
}
