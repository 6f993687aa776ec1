import AuditStore
import CertCore
import SafeText
import Terminal

/// View 1: the stream of authentications, newest first.
enum LiveScreen {
    static func draw(_ state: DashboardState, into screen: inout Screen) {
        if state.isFirstRun {
            FirstRunPage.draw(state, into: &screen)
            return
        }
        guard let window = state.liveWindow else {
            Notice.draw(["reading the newest events…"], state, into: &screen)
            return
        }
        var table = state.table(state.eventColumns.columns, of: .live)
        if state.showsPreviewBeside { table.width = state.size.columns - state.previewColumns }
        ListScreen.draw(window.rows, table, at: state.live.cursor, empty: nothing(state), state, into: &screen)
        if state.showsPreview { drawPreview(state, into: &screen) }
    }

    private static func nothing(_ state: DashboardState) -> [SafeText] {
        if state.filter.isActive { return ["no event matches the filter", "U clears it, / changes it"] }
        if state.liveRange != .all { return ["no event in this range", "t chooses another range"] }
        return ["no events"]
    }

    /// The selected event below the list, as far as the pane reaches.
    private static func drawPreview(_ state: DashboardState, into screen: inout Screen) {
        if state.showsPreviewBeside { return drawPreviewBeside(state, into: &screen) }
        let y = state.layout.bodyTop + 1 + state.plan.listRows
        guard let event = state.selectedEvent else {
            screen.rule(y: y, title: "nothing selected")
            return
        }
        let lines = EventPreview.lines(event, times: state.times, width: screen.size.columns - 2)
        screen.rule(y: y, title: EventPreview.title(event, times: state.times))
        for (line, text) in lines.prefix(state.plan.paneRows).enumerated() {
            screen.put(text, x: 1, y: y + 1 + line, width: screen.size.columns - 2)
        }
    }

    /// The selected event to the right of the list, behind an upright rule.
    private static func drawPreviewBeside(_ state: DashboardState, into screen: inout Screen) {
        let width = state.previewColumns
        let x = screen.size.columns - width
        let top = state.layout.bodyTop
        let upright = SafeText(String(Character(screen.glyphs.vertical)))
        for y in top..<state.layout.positionRow { screen.put(upright, x: x, y: y, width: 1, role: .rule) }
        guard let event = state.selectedEvent else { return }
        let title = EventPreview.title(event, times: state.times)
        screen.put(screen.glyphs.cut(title, to: width - 2), x: x + 2, y: top, width: width - 2, role: .title)
        let lines = EventPreview.lines(event, times: state.times, width: width - 2, wraps: true)
        for (line, text) in lines.prefix(state.plan.paneRows).enumerated() {
            screen.put(text, x: x + 2, y: top + 1 + line, width: width - 2)
        }
    }

    // MARK: Numbers and position

    static func numbers(_ state: DashboardState) -> StyledLine {
        guard let totals = state.totals else { return StyledLine(" reading the sums…", .dim) }
        let wide = state.layout.isWide
        let gap: SafeText = wide ? "   " : "  "
        var spans = [
            Span(" \(rangeName(state))  ", .dim),
            Span("ok \(Figures.grouped(totals.accepted))", .ok),
            Span(gap),
            Span("rej \(Figures.grouped(totals.rejected)) ", totals.rejected > 0 ? .rejected : .text),
            Span(totals.events == 0 ? "" : Figures.percent(totals.rejected, of: totals.events)),
            Span("\(gap)\(rate(totals, now: state.now))/s"),
        ]
        let trend = Trend.folded(totals.buckets.map { Int($0.rejected) }, to: wide ? 20 : 15)
        if !trend.isEmpty {
            spans += [Span("\(gap)rej ["), Span(state.glyphs.sparkline(trend), .bar), Span("]")]
        }
        let new: SafeText = wide ? "first-seen certificates" : "new certs"
        spans.append(Span("\(gap)\(new) \(Figures.grouped(totals.newCertificates))"))
        return StyledLine(spans)
    }

    private static func rangeName(_ state: DashboardState) -> SafeText {
        switch state.liveTotalsRange {
        case .last(let length): TimeRange.short(length)
        case .since(let time): "since \(state.times.brief(time))"
        case .between(let start, let end): "\(state.times.brief(start)) - \(state.times.brief(end))"
        case .all: "all"
        }
    }

    /// Events a second over the newest two buckets, the running one counted as far as it has come.
    static func rate(_ totals: TrafficTotals, now: Timestamp) -> SafeText {
        guard let last = totals.buckets.last else { return "0.0" }
        let before = totals.buckets.dropLast().last
        let start = before?.start ?? last.start
        let events = [before, last].compactMap { $0 }.reduce(0) { $0 + $1.accepted + $1.rejected }
        let seconds = max(1, Double(now - start) / 1000)
        return Figures.tenths(Double(events) / seconds)
    }

    static func position(_ state: DashboardState) -> StyledLine {
        guard let window = state.liveWindow, !window.rows.isEmpty else { return StyledLine("") }
        var spans = [Span("\(row(state))   ")]
        if state.health.isStale {
            spans.append(Span("showing what was recorded", .stale))
        } else if state.live.isPaused {
            spans.append(Span("paused", .warning))
            spans.append(Span(newer(state, hint: "Space goes on")))
        } else if state.live.isFollowing {
            spans.append(Span("following", .ok))
            spans.append(Span("   newest first", .dim))
        } else {
            spans.append(Span("not following", .warning))
            spans.append(Span(newer(state, hint: "f follows")))
        }
        if window.rows.contains(where: \.isFirstSeen) { spans.append(Span("   + first seen", .dim)) }
        return StyledLine(spans)
    }

    private static func newer(_ state: DashboardState, hint: SafeText) -> SafeText {
        guard let newer = state.newer, newer.count > 0 else { return "   (\(hint))" }
        let more: SafeText = newer.hasMore ? "+" : ""
        return "   \(Figures.grouped(newer.count))\(more) new (\(hint))"
    }

    /// "row 5 of 12,581" where the number is known at once, else "row 5", else the event's id.
    private static func row(_ state: DashboardState) -> SafeText {
        guard let window = state.liveWindow, let selected = state.live.cursor.selected else { return "" }
        guard window.reachedNewest || state.live.isPaused else { return "event \(selected)" }
        let row = Figures.grouped(state.live.cursor.index + 1)
        guard !state.filter.isActive, state.liveRange == .all, let events = state.status?.events else {
            return window.reachedOldest ? "row \(row) of \(Figures.grouped(window.rows.count))" : "row \(row)"
        }
        return "row \(row) of \(Figures.grouped(max(events, Int64(window.rows.count))))"
    }
}
