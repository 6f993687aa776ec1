import SafeText
import Terminal

/// A few words in the middle of an empty body.
enum Notice {
    /// Draws lines, indented, from the body's third line or `below` lines under its top.
    static func draw(_ lines: [SafeText], _ state: DashboardState, into screen: inout Screen, below: Int = 1) {
        for (index, line) in lines.enumerated() {
            let y = state.layout.bodyTop + below + index
            guard y < state.layout.positionRow else { return }
            screen.put(
                screen.glyphs.cut(line, to: screen.size.columns - 4),
                x: 3,
                y: y,
                role: index == 0 ? .text : .dim
            )
        }
    }
}
