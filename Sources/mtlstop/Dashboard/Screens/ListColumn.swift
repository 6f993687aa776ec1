import SafeText
import Terminal

/// A column of a list: where it stands and what it shows of a row.
struct ListColumn<Row> {
    var column: TableColumn
    var role: (Row) -> Role
    var text: (Row) -> SafeText
    /// What a press on the title orders the list by.
    private(set) var sortKey: SortKey?

    /// The title, by which a column is known.
    var title: String { column.title.string }

    /// The same column, with what a press on its title orders by.
    func sorts(by key: SortKey) -> ListColumn {
        var copy = self
        copy.sortKey = key
        return copy
    }

    init(
        _ title: SafeText,
        _ minimum: Int,
        weight: Int = 0,
        maximum: Int? = nil,
        priority: Int = 100,
        alignment: SafeText.Alignment = .left,
        keeping: SafeText.Kept = .start,
        role: @escaping (Row) -> Role = { _ in .text },
        text: @escaping (Row) -> SafeText
    ) {
        column = TableColumn(
            title,
            minimum: minimum,
            maximum: maximum ?? (weight == 0 ? minimum : nil),
            weight: weight,
            priority: priority,
            alignment: alignment,
            keeping: keeping
        )
        self.role = role
        self.text = text
    }
}
