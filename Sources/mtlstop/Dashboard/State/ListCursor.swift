/// A selection in a list that is bound to a row's identity, never to its number.
struct ListCursor<ID: Hashable & Sendable>: Hashable, Sendable {
    /// The selected row; nil while the list is empty.
    private(set) var selected: ID?
    /// Where it was last seen, so that the nearest row takes over when it disappears.
    private(set) var index = 0
    /// The first row on the screen.
    private(set) var top = 0

    /// Binds the cursor to the rows as they are now and keeps the selection inside the window.
    mutating func settle(_ ids: [ID], height: Int) {
        guard !ids.isEmpty else {
            index = 0
            top = 0
            selected = nil
            return
        }
        if let selected, let place = ids.firstIndex(of: selected) {
            top += place - index
            index = place
        } else {
            index = min(max(0, index), ids.count - 1)
            selected = ids[index]
        }
        reveal(count: ids.count, height: height)
    }

    /// Moves by rows and stops at the ends; returns false when nothing moved.
    @discardableResult
    mutating func move(by rows: Int, _ ids: [ID], height: Int) -> Bool {
        settle(ids, height: height)
        guard !ids.isEmpty else { return false }
        let target = min(max(0, index + rows), ids.count - 1)
        defer { reveal(count: ids.count, height: height) }
        guard target != index else { return false }
        index = target
        selected = ids[target]
        return true
    }

    /// Goes to a row, by its place in the list.
    mutating func go(to place: Int, _ ids: [ID], height: Int) {
        guard !ids.isEmpty else { return }
        index = min(max(0, place), ids.count - 1)
        selected = ids[index]
        reveal(count: ids.count, height: height)
    }

    /// Selects a row before its list is known.
    mutating func go(to row: ID) {
        reset()
        selected = row
    }

    /// Forgets the selection: the next list starts at its first row.
    mutating func reset() {
        self = ListCursor()
    }

    private mutating func reveal(count: Int, height: Int) {
        let height = max(1, height)
        top = min(top, index)
        top = max(top, index - height + 1)
        top = min(max(0, top), max(0, count - height))
    }
}
