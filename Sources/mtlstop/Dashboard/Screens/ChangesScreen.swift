import AuditStore
import CertCore
import SafeText
import Terminal

/// View 6: what is different from the period before, the weightiest first.
enum ChangesScreen {
    static func draw(_ state: DashboardState, into screen: inout Screen) {
        guard let report = state.changeReport else {
            Notice.draw(["comparing the periods…"], state, into: &screen)
            return
        }
        guard !report.changes.isEmpty else {
            Notice.draw(nothing(report, state), state, into: &screen)
            return
        }
        let cursor = state.changeCursor
        ListTable(columns: columns(state)).draw(
            report.changes,
            top: cursor.top,
            selected: cursor.index,
            into: &screen,
            y: state.layout.bodyTop,
            height: state.plan.listRows
        )
        if state.plan.paneRows > 0 { drawPane(state, into: &screen) }
    }

    private static func nothing(_ report: ChangeReport, _ state: DashboardState) -> [SafeText] {
        if report.hasNoPast {
            return [
                "nothing was recorded in the period before",
                "so everything would be new: t chooses a shorter period, or come back later",
            ]
        }
        return ["nothing has changed in the last \(TimeRange.short(state.changesWithin))", "t chooses another period"]
    }

    static func columns(_ state: DashboardState) -> [ListColumn<Change>] {
        let times = state.times
        return [
            ListColumn("WEIGHT", 6, role: { ChangeWords.role($0) }, text: { ChangeWords.weight($0) }),
            ListColumn("WHAT", 12, role: { ChangeWords.role($0) }, text: { ChangeWords.title($0.kind) }),
            ListColumn("WHO", 20, weight: 3) { ChangeWords.subject($0) },
            ListColumn("BEFORE", 7, priority: 30, alignment: .right) { Figures.short($0.before) },
            ListColumn("NOW", 7, alignment: .right) { Figures.short($0.now) },
            ListColumn("CHANGE", 8, priority: 20, alignment: .right) { ChangeWords.difference($0) },
            ListColumn("WHEN", 6) { $0.time.map { times.brief($0) } ?? "-" },
        ]
    }

    private static func drawPane(_ state: DashboardState, into screen: inout Screen) {
        guard let change = state.selectedChange else { return }
        let y = state.layout.bodyTop + 1 + state.plan.listRows
        let width = screen.size.columns - 2
        screen.rule(y: y, title: ChangeWords.title(change.kind))
        let lines =
            TextWrap.lines(ChangeWords.sentence(change, state.times), width: width).map { StyledLine($0) }
            + Label.wrapped("do", ChangeWords.advice(change.kind), width: width)
        for (index, line) in lines.prefix(state.plan.paneRows).enumerated() {
            screen.put(line, x: 1, y: y + 1 + index, width: width)
        }
    }

    static func numbers(_ state: DashboardState) -> StyledLine {
        guard let report = state.changeReport else { return StyledLine(" comparing…", .dim) }
        let grave = report.changes.count { $0.kind.weight >= 4 }
        return [
            Span(" CHANGES", .title),
            Span("  \(Figures.grouped(report.changes.count)) since \(state.times.full(report.since))"),
            Span("   "), Span("\(Figures.grouped(grave)) to look at", grave > 0 ? .warning : .text),
            Span(
                "   events \(Figures.short(report.events)), before \(Figures.short(report.eventsBefore))",
                .dim
            ),
        ]
    }

    static func position(_ state: DashboardState) -> StyledLine {
        Position.row(state.changeCursor.index, of: state.changeReport?.changes.count, "change")
    }
}
