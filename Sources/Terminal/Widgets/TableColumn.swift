package import SafeText

/// A column of a table.
package struct TableColumn: Hashable, Sendable {
    /// The heading.
    package let title: SafeText
    /// The fewest cells it makes sense with.
    package let minimum: Int
    /// The most cells it can use, nil for no limit.
    package let maximum: Int?
    /// Its share of the room that is left; 0 keeps it at its minimum.
    package let weight: Int
    /// Columns with the lowest number go first when there is no room for all.
    package let priority: Int
    /// Where its text stands.
    package let alignment: SafeText.Alignment
    /// What stays of a text that is too long.
    package let kept: SafeText.Kept

    /// Makes a column.
    package init(
        _ title: SafeText,
        minimum: Int,
        maximum: Int? = nil,
        weight: Int = 0,
        priority: Int = 100,
        alignment: SafeText.Alignment = .left,
        keeping kept: SafeText.Kept = .start
    ) {
        self.title = title
        self.minimum = max(1, minimum)
        self.maximum = maximum
        self.weight = max(0, weight)
        self.priority = priority
        self.alignment = alignment
        self.kept = kept
    }

    /// The same column, which gives way to none.
    package var raised: TableColumn {
        TableColumn(
            title,
            minimum: minimum,
            maximum: maximum,
            weight: weight,
            priority: .max,
            alignment: alignment,
            keeping: kept
        )
    }
}
