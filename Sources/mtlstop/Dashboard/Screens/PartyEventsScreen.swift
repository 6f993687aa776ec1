import SafeText
import Terminal

/// Rejections, third level: the events of one party.
enum PartyEventsScreen {
    static func draw(_ state: DashboardState, into screen: inout Screen) {
        guard let events = state.partyEvents else {
            Notice.draw(["reading the events…"], state, into: &screen)
            return
        }
        let cursor = state.partyEventCursor
        ListTable(columns: state.chosen(state.eventColumns.columns, of: .partyEvents)).draw(
            events,
            top: cursor.top,
            selected: cursor.index,
            into: &screen,
            y: state.layout.bodyTop,
            height: state.plan.listRows
        )
        if events.isEmpty { Notice.draw(["no event in this range any more"], state, into: &screen, below: 2) }
    }
}
