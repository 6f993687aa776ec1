import AuditStore
import SafeText
import Terminal

/// A terminal of 40x10 and a bit more: one line of numbers, a list, two lines below.
enum SmallScreen {
    static func draw(_ state: DashboardState, into screen: inout Screen) {
        screen.put(left: head(state), right: StyledLine(state.times.clock(wide: false), .dim), y: 0)
        if state.view == .live, state.places.isEmpty, let window = state.liveWindow, !state.isFirstRun {
            drawRows(window.rows.isEmpty, state, into: &screen)
        } else {
            DashboardView.drawBody(state, into: &screen)
        }
        drawPosition(state, into: &screen)
        Frame.drawKeys(state, into: &screen)
    }

    private static func drawRows(_ isEmpty: Bool, _ state: DashboardState, into screen: inout Screen) {
        var table = state.table(state.eventColumns.columns, of: .live)
        table.hasTitles = false
        let cursor = state.live.cursor
        table.draw(
            state.liveWindow?.rows ?? [],
            top: cursor.top,
            selected: cursor.index,
            into: &screen,
            y: state.layout.bodyTop,
            height: state.plan.listRows
        )
        if isEmpty { Notice.draw(["no event here", "U clears the filter"], state, into: &screen) }
    }

    private static func head(_ state: DashboardState) -> StyledLine {
        if state.health.isStale { return StyledLine(" ! STALE: not recording", .critical) }
        guard state.view == .live else {
            return StyledLine(" \(state.view.digit) \(SafeText(state.view.rawValue))", .title)
        }
        let word: Span = state.live.isPaused ? Span(" PAUSED", .warning) : Span(" LIVE", .ok)
        guard let totals = state.totals else { return [word] }
        return [
            word, Span("  ok \(Figures.short(totals.accepted))", .ok),
            Span("  rej \(Figures.short(totals.rejected))", .rejected),
            Span(" \(Figures.percent(totals.rejected, of: totals.events))"),
        ]
    }

    private static func drawPosition(_ state: DashboardState, into screen: inout Screen) {
        let y = state.layout.positionRow
        if let prompt = state.prompt {
            PromptLine.drawStatus(prompt, state, into: &screen, y: y)
            return
        }
        if let flash = state.flash {
            screen.put(StyledLine(" \(flash.text)", flash.role), x: 0, y: y, width: screen.size.columns)
            return
        }
        let filter: SafeText = state.filter.isActive ? "/ \(SafeText(state.filter.text))" : "/ filter"
        screen.put(StyledLine(" \(filter)  1-6 views", .dim), x: 0, y: y, width: screen.size.columns)
    }
}
