import SafeText
import Terminal

/// Draws the state: a pure function into a buffer of cells.
enum DashboardView {
    /// The screen of a state; any size, also 1x1.
    static func render(_ state: DashboardState) -> Screen {
        var screen = Screen(size: state.size, glyphs: state.glyphs)
        switch state.layout.kind {
        case .numbers: NumbersPage.draw(state, into: &screen)
        case .small: SmallScreen.draw(state, into: &screen)
        case .full, .compact: drawFrame(state, into: &screen)
        }
        if state.help != nil, state.layout.kind != .numbers { HelpPage.draw(state, into: &screen) }
        if let export = state.export, state.layout.kind != .numbers { ExportBox.draw(export, state, into: &screen) }
        if state.menu != nil, state.layout.kind != .numbers { MenuBox.draw(state, into: &screen) }
        if state.showsCollectorBox, state.layout.kind != .numbers { CollectorBox.draw(state, into: &screen) }
        return state.isPlain ? screen.withoutDecoration() : screen
    }

    private static func drawFrame(_ state: DashboardState, into screen: inout Screen) {
        Frame.drawTabs(state, into: &screen)
        if state.layout.kind == .full { screen.put(numbers(state), x: 0, y: 1, width: state.size.columns) }
        Frame.drawFilterLine(state, into: &screen)
        drawBody(state, into: &screen)
        if state.find.isActive {
            FoundMarks.draw(state.find, into: &screen, rows: state.layout.bodyTop..<state.layout.positionRow)
        }
        CompletionPane.draw(state, into: &screen)
        Frame.drawPosition(position(state), state, into: &screen)
        Frame.drawKeys(state, into: &screen)
    }

    /// Draws what lies between the head and the position line.
    static func drawBody(_ state: DashboardState, into screen: inout Screen) {
        switch state.place {
        case .event, .certificate, .why, .sql, .comparison: DocumentScreen.draw(state, into: &screen)
        case .parties: PartiesScreen.draw(state, into: &screen)
        case .partyEvents: PartyEventsScreen.draw(state, into: &screen)
        case nil:
            switch state.view {
            case .live: LiveScreen.draw(state, into: &screen)
            case .rejections: RejectionsScreen.draw(state, into: &screen)
            case .certs: CertsScreen.draw(state, into: &screen)
            case .expiring: ExpiringScreen.draw(state, into: &screen)
            case .sources: SourcesScreen.draw(state, into: &screen)
            case .changes: ChangesScreen.draw(state, into: &screen)
            }
        }
    }

    /// The second line: the numbers of this view, or that nothing is being recorded.
    static func numbers(_ state: DashboardState) -> StyledLine {
        if let warning = StaleBand.line(state) { return warning }
        switch state.view {
        case .live: return LiveScreen.numbers(state)
        case .rejections: return RejectionsScreen.numbers(state)
        case .certs: return CertsScreen.numbers(state)
        case .expiring: return ExpiringScreen.numbers(state)
        case .sources: return SourcesScreen.numbers(state)
        case .changes: return ChangesScreen.numbers(state)
        }
    }

    /// Where in the list or document we are.
    private static func position(_ state: DashboardState) -> StyledLine {
        switch state.place {
        case .event, .certificate, .why, .sql, .comparison: return DocumentScreen.position(state)
        case .parties: return Position.row(state.partyCursor.index, of: state.parties?.count, "party")
        case .partyEvents: return Position.row(state.partyEventCursor.index, of: state.partyEvents?.count, "event")
        case nil:
            switch state.view {
            case .live: return LiveScreen.position(state)
            case .rejections: return RejectionsScreen.position(state)
            case .certs: return CertsScreen.position(state)
            case .expiring: return ExpiringScreen.position(state)
            case .sources: return Position.row(state.reporterCursor.index, of: state.reporters?.count, "reporter")
            case .changes: return ChangesScreen.position(state)
            }
        }
    }
}
