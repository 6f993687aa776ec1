import SafeText
import Terminal

/// Rejections, third level: the events of one party.
enum PartyEventsScreen {
    static func draw(_ state: DashboardState, into screen: inout Screen) {
        guard let events = state.partyEvents else {
            Notice.draw(["reading the events…"], state, into: &screen)
            return
        }
        let empty: [SafeText] = ["no event in this range any more"]
        let table = state.table(state.eventColumns.columns, of: .partyEvents)
        ListScreen.draw(events, table, at: state.partyEventCursor, empty: empty, state, into: &screen)
    }
}
