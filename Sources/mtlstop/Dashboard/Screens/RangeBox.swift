import SafeText
import Terminal

/// The list of ranges, over the screen.
enum RangeBox {
    static func draw(_ state: DashboardState, into screen: inout Screen) {
        guard let menu = state.rangeMenu else { return }
        let choices = state.rangeChoices
        let title: SafeText = state.view == .expiring ? "look ahead" : "time range"
        let room = screen.popup(content: Size(columns: 22, rows: choices.count), title: title)
        for (index, choice) in choices.prefix(room.height).enumerated() {
            let isChosen = index == menu.index
            screen.put(isChosen ? ">" : " ", x: room.x, y: room.y + index, width: 1, role: .selected)
            screen.put(choice, x: room.x + 2, y: room.y + index, width: max(0, room.width - 2))
            if isChosen { screen.highlightRow(y: room.y + index, from: room.x, to: room.endX) }
        }
    }
}
