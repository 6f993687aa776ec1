import AuditStore
import CertCore
import SafeText
import Terminal

/// The lines that every screen has: views above, position and keys below.
enum Frame {
    // MARK: First line

    static func drawTabs(_ state: DashboardState, into screen: inout Screen) {
        screen.put(left: tabs(state), right: liveState(state), y: 0)
    }

    private static func tabs(_ state: DashboardState) -> StyledLine {
        var spans = [Span(" ")]
        for view in ViewName.allCases {
            let name = title(view, state)
            let label: SafeText = view == state.view ? "[\(view.digit) \(name)]" : "\(view.digit) \(name)"
            spans.append(Span(label, view == state.view ? .title : .text))
            spans.append(Span(" "))
        }
        return StyledLine(spans)
    }

    /// The view whose name is drawn at a place.
    static func view(at place: Point, _ state: DashboardState) -> ViewName? {
        let hasTabs = state.layout.kind == .full || state.layout.kind == .compact
        guard hasTabs, place.y == 0 else { return nil }
        var x = 0
        for (index, span) in tabs(state).spans.enumerated() {
            x += span.text.width
            // Gap, name, gap, name: the names are the odd ones.
            if place.x < x { return index % 2 == 1 ? ViewName.allCases[index / 2] : nil }
        }
        return nil
    }

    private static func title(_ view: ViewName, _ state: DashboardState) -> SafeText {
        switch view {
        case .live: "Live"
        case .rejections: "Rejections"
        case .certs: "Certs"
        case .expiring: state.expiringSoon.map { $0 > 0 ? "Expiring:\($0)" : "Expiring" } ?? "Expiring"
        case .sources: "Sources"
        case .changes: "Changes"
        }
    }

    /// The word for what the list does, and the clock.
    private static func liveState(_ state: DashboardState) -> StyledLine {
        let clock = Span("  \(state.times.clock(wide: state.layout.isWide))", .dim)
        if state.help != nil { return [Span("HELP", .title), clock] }
        if state.health.isStale { return [Span("! STALE", .critical), clock] }
        if state.isFirstRun { return [Span("WAITING", .warning), clock] }
        if state.live.isPaused { return [Span("|| PAUSED", .warning), clock] }
        return [Span("> LIVE", .ok), clock]
    }

    // MARK: Filter line

    static func drawFilterLine(_ state: DashboardState, into screen: inout Screen) {
        let y = state.layout.kind == .full ? 2 : 1
        if !state.places.isEmpty {
            screen.put(left: crumbs(state), right: StyledLine(documentHint(state), .dim), y: y)
            return
        }
        screen.put(left: filterText(state), right: StyledLine(rangeText(state), .dim), y: y)
    }

    private static func filterText(_ state: DashboardState) -> StyledLine {
        if let news = NewsBand.line(state) { return news }
        if state.view == .changes { return StyledLine(" all events, whatever the filter", .dim) }
        guard state.filter.isActive else {
            let off = state.filter.parked
            return StyledLine(off.isEmpty ? " filter: (none)" : " filter off (F): \(SafeText(off))", .dim)
        }
        return [Span(" filter: ", .dim), Span(SafeText(state.filter.text), .input)]
    }

    private static func rangeText(_ state: DashboardState) -> SafeText {
        switch state.view {
        case .live: "range: \(state.liveRange.title)\(eventCount(state))"
        case .rejections:
            "range: \(state.rejectionRange.title)   by: \(state.grouping.title)\(chosenOrder(.reasons, state))"
        case .certs: "used: \(state.certificateRange.title)   order: \(state.order(of: .certs).title)"
        case .expiring: expiringText(state)
        case .sources: "the present, whatever the range\(chosenOrder(.sources, state))"
        case .changes: "last \(TimeRange.short(state.changesWithin)) against the same before"
        }
    }

    private static func expiringText(_ state: DashboardState) -> SafeText {
        let renewed: SafeText = state.hidesRenewed ? ", without renewal (R)" : ""
        return "within: \(TimeRange.short(state.expiringWithin))\(renewed)\(chosenOrder(.expiring, state))"
    }

    /// The order where it is not the usual one.
    private static func chosenOrder(_ list: ListName, _ state: DashboardState) -> SafeText {
        let order = state.order(of: list)
        return order == ListOrder.usual(of: list) ? "" : "   order: \(order.title)"
    }

    /// How many events there are; only known at once for the whole database.
    private static func eventCount(_ state: DashboardState) -> SafeText {
        guard !state.filter.isActive, state.liveRange == .all, let events = state.status?.events else { return "" }
        return "   \(Figures.counted(events, "event", "events"))"
    }

    /// The way here: "Live > event 12 > certificate".
    private static func crumbs(_ state: DashboardState) -> StyledLine {
        var text: SafeText = " \(title(state.view, state))"
        for place in state.places {
            text += " > "
            switch place {
            case .event(let id): text += "event \(id)"
            case .certificate: text += "certificate"
            case .why: text += "why"
            case .sql: text += "sql"
            case .comparison: text += "compare"
            case .parties(let group): text += state.title(group.title).cut(to: 28)
            case .partyEvents(_, let party): text += SafeText(party.title).cut(to: 28)
            }
        }
        return StyledLine(text, .dim)
    }

    private static func documentHint(_ state: DashboardState) -> SafeText {
        guard !state.isList else { return "range: \(state.rejectionRange.title)" }
        return DocumentScreen.section(state)
    }

    // MARK: The two lines at the bottom

    static func drawPosition(_ position: StyledLine, _ state: DashboardState, into screen: inout Screen) {
        let y = state.layout.positionRow
        if let prompt = state.prompt {
            PromptLine.drawStatus(prompt, state, into: &screen, y: y)
            return
        }
        let left = state.flash.map { StyledLine(" \($0.text)", $0.role) } ?? cell(state) ?? ([Span(" ")] + position)
        screen.put(left: left, right: rightOfPosition(state), y: y)
    }

    /// What the cell under the cursor says, uncut as far as the line reaches.
    private static func cell(_ state: DashboardState) -> StyledLine? {
        guard let title = state.cell, let text = state.cellText else { return nil }
        return [Span(" \(SafeText(title)): ", .dim), Span(text, text.wasEscaped ? .escaped : .text)]
    }

    /// A failure, the age of stale data, or the zone of the times.
    private static func rightOfPosition(_ state: DashboardState) -> StyledLine {
        if let run = state.exportRun {
            return StyledLine("exporting \(Int(run.part * 100))%, ^G stops it", .warning)
        }
        if let problem = state.problem {
            return StyledLine(problem.cut(to: max(20, state.size.columns / 2)), .critical)
        }
        if state.health.isStale, let last = state.status?.lastReceived {
            return StyledLine("data age \(TimeWriter.span(max(0, state.now - last)))", .stale)
        }
        return StyledLine("times \(state.timeStyle.title)", .dim)
    }

    static func drawKeys(_ state: DashboardState, into screen: inout Screen) {
        let y = state.layout.keysRow
        if let prompt = state.prompt {
            PromptLine.draw(prompt, state, into: &screen, y: y)
            return
        }
        screen.put(keys(state), x: 1, y: y, width: state.size.columns - 1)
    }

    /// The keys of this place, as the key table has them.
    static func keys(_ state: DashboardState) -> StyledLine {
        let leaving: SafeText? = state.places.isEmpty ? "quit" : nil
        let hints = Keymap.hints(
            in: state.contexts,
            width: state.size.columns - 2,
            leaving: leaving,
            bindings: state.bindings
        )
        return StyledLine(hints.flatMap { [Span($0.key, .key), Span(" \($0.word)  ")] })
    }
}
