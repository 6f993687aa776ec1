import SafeText
import Terminal

/// An open menu, over the screen.
enum MenuBox {
    /// Cells of a label and the gap behind it, where the choices have values.
    private static let labelWidth = 15
    /// Cells of a choice's number and the gap behind it.
    private static let numberWidth = 2

    static func draw(_ state: DashboardState, into screen: inout Screen) {
        guard let menu = state.menu else { return }
        let choices = state.menuChoices
        let hasValues = choices.contains { !$0.value.isEmpty }
        let room = screen.popup(content: content(state), title: title(menu, state))
        let first = max(0, menu.index - room.height + 1)
        for (line, choice) in choices.dropFirst(first).prefix(room.height).enumerated() {
            let y = room.y + line
            if first + line < 9 { screen.put("\(first + line + 1)", x: room.x + 2, y: y, width: 1, role: .dim) }
            draw(choice, hasValues: hasValues, into: &screen, room, y: y)
            guard first + line == menu.index else { continue }
            screen.put(">", x: room.x, y: y, width: 1, role: .selected)
            screen.highlightRow(y: y, from: room.x, to: room.endX)
        }
    }

    /// The cells that the choices want.
    private static func content(_ state: DashboardState) -> Size {
        let choices = state.menuChoices
        let hasValues = choices.contains { !$0.value.isEmpty }
        let widest = state.menu?.kind == .options ? 40 : 70
        return Size(columns: hasValues ? min(widest, state.size.columns - 8) : 28, rows: choices.count)
    }

    /// The choice that is drawn at a place; nil beside the choices.
    static func choice(at place: Point, _ state: DashboardState) -> Int? {
        guard let menu = state.menu else { return nil }
        let room = Screen.popupRoom(content: content(state), in: state.size)
        guard place.x >= room.x, place.x < room.endX, place.y >= room.y, place.y < room.endY else { return nil }
        let index = max(0, menu.index - room.height + 1) + place.y - room.y
        return index < state.menuChoices.count ? index : nil
    }

    private static func draw(
        _ choice: MenuChoice,
        hasValues: Bool,
        into screen: inout Screen,
        _ room: Rect,
        y: Int
    ) {
        let x = room.x + 2 + numberWidth
        let room = max(0, room.endX - x)
        guard hasValues, room > labelWidth + 2 else {
            screen.put(choice.label, x: x, y: y, width: room)
            return
        }
        screen.put(choice.label, x: x, y: y, width: labelWidth)
        let width = room - labelWidth
        let value = screen.glyphs.cut(choice.value, to: width)
        let role: Role = choice.value.wasEscaped ? .escaped : .text
        screen.put(value, x: x + labelWidth, y: y, width: width, role: role)
    }

    private static func title(_ menu: Menu, _ state: DashboardState) -> SafeText {
        switch menu.kind {
        case .range: state.view == .expiring ? "look ahead" : state.view == .changes ? "compare" : "time range"
        case .keep: "keep only"
        case .drop: "drop"
        case .related: "show events with the same"
        case .copy: "copy"
        case .note: "a note on"
        case .options: "options: Enter changes"
        case .sort: "order by, again reverses"
        case .group: "group by"
        case .columns: "columns: Enter, < > move"
        }
    }
}
