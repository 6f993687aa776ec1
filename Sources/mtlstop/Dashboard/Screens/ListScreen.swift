import SafeText
import Terminal

/// What all lists of one view have in common: the table under the head, and words where there are no rows.
enum ListScreen {
    /// Draws the rows; `empty` stands in their place when there are none.
    static func draw<Row, ID>(
        _ rows: [Row],
        _ table: ListTable<Row>,
        at cursor: ListCursor<ID>,
        empty: [SafeText],
        _ state: DashboardState,
        into screen: inout Screen
    ) {
        table.draw(
            rows,
            top: cursor.top,
            selected: cursor.index,
            into: &screen,
            y: state.layout.bodyTop,
            height: state.plan.listRows
        )
        if rows.isEmpty { Notice.draw(empty, state, into: &screen, below: 2) }
    }
}

extension DashboardState {
    /// A list with the columns that somebody chose, and the cell cursor where it has the keys.
    func table<Row>(_ columns: [ListColumn<Row>], of list: ListName) -> ListTable<Row> {
        ListTable(columns: chosen(columns, of: list), cell: list == shownList ? cell : nil)
    }
}
