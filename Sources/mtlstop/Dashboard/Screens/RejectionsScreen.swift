import AuditStore
import CertCore
import SafeText
import Terminal

/// View 2: why certificates are rejected, who they belong to, and what to do.
enum RejectionsScreen {
    static func draw(_ state: DashboardState, into screen: inout Screen) {
        guard let histogram = state.histogram else {
            Notice.draw(["counting the rejections…"], state, into: &screen)
            return
        }
        guard !histogram.groups.isEmpty else {
            Notice.draw(nothing(state), state, into: &screen)
            return
        }
        drawReasons(histogram, state, into: &screen)
        guard state.plan.secondRows > 0 else { return }
        drawParties(state, into: &screen)
        drawWhy(state, into: &screen)
    }

    private static func nothing(_ state: DashboardState) -> [SafeText] {
        var lines: [SafeText] = ["no rejections in this range"]
        if state.filter.isActive { lines.append("the filter hides the rest: U clears it") }
        lines.append("t chooses another range")
        return lines
    }

    // MARK: Panes

    private static func drawReasons(_ histogram: RejectionHistogram, _ state: DashboardState, into screen: inout Screen)
    {
        var table = state.table(columns(histogram, state), of: .reasons)
        table.isFocused = !state.isPartyPaneFocused
        let cursor = state.groupCursor
        table.draw(
            histogram.groups,
            top: cursor.top,
            selected: cursor.index,
            into: &screen,
            y: state.layout.bodyTop,
            height: state.plan.listRows
        )
    }

    static func columns(
        _ histogram: RejectionHistogram,
        _ state: DashboardState
    ) -> [ListColumn<RejectionGroup>] {
        let total = histogram.total
        let largest = Double(max(1, histogram.groups.map(\.count).max() ?? 1))
        let glyphs = state.glyphs
        let times = state.times
        let barWidth = state.layout.isWide ? 30 : 14
        return [
            ListColumn(state.grouping.heading, 20, weight: 3) { state.title($0.title) }.sorts(by: .reason),
            ListColumn("COUNT", 7, alignment: .right) { Figures.short($0.count) }.sorts(by: .count),
            ListColumn("SHARE", 6, alignment: .right) { Figures.percent($0.count, of: total) },
            ListColumn(
                "",
                barWidth,
                priority: 10,
                role: { _ in .bar },
                text: { group in
                    glyphs.bar(fraction: Double(group.count) / largest, width: barWidth)
                }
            ),
            ListColumn(
                "TREND",
                8,
                priority: 20,
                role: { _ in .bar },
                text: {
                    glyphs.sparkline(Trend.folded($0.trend, to: 8))
                }
            ),
            ListColumn("LAST", 6, priority: 30) { times.brief($0.last) }.sorts(by: .last),
            ListColumn("CHANGE", 6, priority: 40, alignment: .right) { group in
                Figures.change(from: group.previousCount, to: group.count)
            }.sorts(by: .change),
        ]
    }

    private static func drawParties(_ state: DashboardState, into screen: inout Screen) {
        let y = state.layout.bodyTop + 1 + state.plan.listRows
        let title = state.shownGroup.map { state.title($0.title) } ?? ""
        let hint: SafeText = state.isPartyPaneFocused ? "Enter: events" : "Tab moves here"
        screen.rule(y: y, title: "\(screen.glyphs.cut(title, to: 36)): who (\(hint))")
        guard let parties = state.parties else {
            screen.put("reading…", x: 3, y: y + 1, role: .dim)
            return
        }
        var table = state.table(PartiesScreen.columns(state), of: .parties)
        table.isFocused = state.isPartyPaneFocused
        let selected = state.isPartyPaneFocused ? state.partyCursor.index : nil
        table.draw(
            parties,
            top: state.partyCursor.top,
            selected: selected,
            into: &screen,
            y: y + 1,
            height: state.plan.secondRows
        )
    }

    private static func drawWhy(_ state: DashboardState, into screen: inout Screen) {
        let newest = state.isPartyPaneFocused ? state.selectedParty?.latest : state.parties?.first?.latest
        guard let key = state.shownGroup?.key.reason ?? newest else { return }
        let explanation = Explanation.of(key.rejectionClass, code: nil, reason: key.reason)
        let y = state.layout.positionRow - state.plan.paneRows - 1
        let what: SafeText = state.grouping == .reason ? "why" : "why: \(state.title(key.title))"
        screen.rule(y: y, title: "\(what), and the fix (\(SafeText(explanation.owner)))")
        let width = screen.size.columns - 2
        let lines =
            TextWrap.lines(SafeText(explanation.meaning), width: width).prefix(2).map { StyledLine($0) }
            + Label.wrapped("do", SafeText(explanation.action), width: width)
            + Label.wrapped("cause", SafeText(explanation.cause), width: width)
        for (line, text) in lines.prefix(state.plan.paneRows).enumerated() {
            screen.put(text, x: 1, y: y + 1 + line, width: width)
        }
    }

    // MARK: Numbers and position

    static func numbers(_ state: DashboardState) -> StyledLine {
        guard let histogram = state.histogram else { return StyledLine(" reading the sums…", .dim) }
        let least: SafeText = histogram.countsAreLowerBounds ? "at least " : ""
        var spans = [
            Span(" REJECTIONS", .title),
            Span("  "), Span("\(Figures.grouped(histogram.total))", histogram.total > 0 ? .rejected : .text),
            Span("   \(least)\(Figures.counted(histogram.subjects, "certificate", "certificates"))"),
            Span("   \(least)\(Figures.counted(histogram.addresses, "address", "addresses"))"),
        ]
        if case .last(let length) = state.rejectionRange {
            let change = Figures.change(from: histogram.previousTotal, to: histogram.total)
            spans.append(
                Span(
                    "   the \(TimeRange.short(length)) before \(Figures.grouped(histogram.previousTotal)) (\(change))",
                    .dim
                )
            )
        }
        return StyledLine(spans)
    }

    static func position(_ state: DashboardState) -> StyledLine {
        if state.isPartyPaneFocused { return Position.row(state.partyCursor.index, of: state.parties?.count, "party") }
        return Position.row(state.groupCursor.index, of: state.histogram?.groups.count, state.grouping.title)
    }
}
