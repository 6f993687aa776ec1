import SafeText

/// A table of a document.
struct ReportTable {
    /// A column.
    struct Column {
        var title: SafeText
        var isNumber = false

        static func text(_ title: SafeText) -> Column { Column(title: title) }
        static func number(_ title: SafeText) -> Column { Column(title: title, isNumber: true) }
    }

    /// A row; `anchor` is where links go.
    struct Row {
        var cells: [ReportCell]
        var anchor: String?
        var isTotal = false

        init(_ cells: [ReportCell], anchor: String? = nil, isTotal: Bool = false) {
            self.cells = cells
            self.anchor = anchor
            self.isTotal = isTotal
        }
    }

    var columns: [Column]
    var rows: [Row]
    /// What stands under the table when rows were left out.
    var cut: SafeText?
    /// What stands in place of an empty table.
    var empty: SafeText

    init(_ columns: [Column], rows: [Row], cut: SafeText? = nil, empty: SafeText = "None.") {
        self.columns = columns
        self.rows = rows
        self.cut = cut
        self.empty = empty
    }
}
