/// Which columns of a list somebody wants, and in which order; columns are known by their titles.
struct ColumnChoice: Hashable, Sendable {
    /// The most titles that a session file may name.
    static let most = 40

    var hidden: Set<String> = []
    /// Titles from left to right, as far as they were moved; empty for the usual order.
    var order: [String] = []

    /// The columns in the order wanted, without those that are hidden; columns without a title stay beside the one
    /// before them.
    func apply<Row>(to columns: [ListColumn<Row>]) -> [ListColumn<Row>] {
        let shown = columns.filter { !hidden.contains($0.title) }
        let kept = shown.contains { !$0.title.isEmpty } ? shown : columns
        guard !order.isEmpty else { return kept }
        var rank = -1
        let ranked = kept.enumerated().map { index, column in
            rank = order.firstIndex(of: column.title) ?? rank
            return (rank, index, column)
        }
        return ranked.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.2)
    }

    /// Shows a column that is hidden, hides one that is shown.
    mutating func turn(_ title: String) {
        if hidden.remove(title) == nil { hidden.insert(title) }
    }

    /// Moves a column among its list's titles; returns its new place.
    mutating func move(_ title: String, by step: Int, among titles: [String]) -> Int? {
        guard let index = titles.firstIndex(of: title), titles.indices.contains(index + step) else { return nil }
        order = titles
        order.swapAt(index, index + step)
        return index + step
    }
}
