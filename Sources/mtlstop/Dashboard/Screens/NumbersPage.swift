import AuditEvents
import AuditStore
import SafeText
import Terminal

/// What fits below 40x10: the numbers, then less and less.
enum NumbersPage {
    static func draw(_ state: DashboardState, into screen: inout Screen) {
        for (index, line) in lines(state).prefix(screen.size.rows).enumerated() {
            screen.put(line, x: 0, y: index, width: screen.size.columns)
        }
    }

    private static func lines(_ state: DashboardState) -> [StyledLine] {
        var lines: [StyledLine] = []
        if state.health.isStale { lines.append(StyledLine("! STALE", .critical)) }
        if let totals = state.totals {
            lines.append(StyledLine("ok \(Figures.grouped(totals.accepted))", .ok))
            let share = Figures.percent(totals.rejected, of: totals.events)
            lines.append(StyledLine("rej \(Figures.grouped(totals.rejected))  \(share)", .rejected))
        }
        if let last = state.liveWindow?.rows.first {
            let result: SafeText = last.outcome == .rejected ? "REJ" : "ok"
            lines.append(StyledLine("last \(state.times.column(last.time)) \(result)"))
        }
        lines.append(StyledLine("need 40x10", .dim))
        lines.append(StyledLine("(\(state.size.columns)x\(state.size.rows))  q quit", .dim))
        return lines
    }
}
