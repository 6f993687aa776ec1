import SafeText
import Terminal

/// What the mouse does: it selects, opens, scrolls, sorts and changes the view, all by what lies at a cell.
extension DashboardState {
    /// Rows that one notch of the wheel moves.
    private static let notch = 3

    mutating func obey(_ mouse: MouseInput) -> [Effect] {
        guard options.usesMouse, prompt == nil else { return [] }
        switch mouse.deed {
        case .press: return press(at: mouse.place)
        case .otherPress: return pressOther(at: mouse.place)
        case .wheelUp: return turnWheel(.rowUp)
        case .wheelDown: return turnWheel(.rowDown)
        }
    }

    private mutating func turnWheel(_ action: Action) -> [Effect] {
        var effects: [Effect] = []
        for _ in 0..<(menu == nil ? Self.notch : 1) { effects += perform(action) }
        return effects
    }

    private mutating func press(at place: Point) -> [Effect] {
        if menu != nil { return pressMenu(at: place) }
        if help != nil { return [] }
        if let view = Frame.view(at: place, self) {
            show(view)
            return []
        }
        guard isList, !isFirstRun, layout.kind != .numbers else { return [] }
        if isTitleRow(place.y) {
            sort(byColumnAt: place.x)
            return []
        }
        return pressRow(at: place.y)
    }

    /// The right button selects the row and offers what is related to it.
    private mutating func pressOther(at place: Point) -> [Effect] {
        guard menu == nil, help == nil, export == nil else { return [] }
        guard isList, !isFirstRun, layout.kind != .numbers, !isTitleRow(place.y) else { return [] }
        let first = layout.bodyTop + (hasTitles ? 1 : 0)
        guard let cursor = shownCursor, place.y >= first, place.y < first + plan.listRows else { return [] }
        let row = cursor.top + place.y - first
        guard row < cursor.count else { return [] }
        if !isPartyPaneFocused { moveInList(.by(row - cursor.index)) }
        return perform(.related)
    }

    private mutating func pressMenu(at place: Point) -> [Effect] {
        guard let index = MenuBox.choice(at: place, self) else {
            menu = nil
            return []
        }
        menu?.index = index
        return perform(.open)
    }

    // MARK: Rows

    /// True for the line with the column titles of the main list.
    private func isTitleRow(_ y: Int) -> Bool { hasTitles && y == layout.bodyTop }

    /// Selects the row; the selected one opens.
    private mutating func pressRow(at y: Int) -> [Effect] {
        let first = layout.bodyTop + (hasTitles ? 1 : 0)
        if view == .rejections, places.isEmpty, plan.secondRows > 0 {
            let second = first + plan.listRows + 2
            if y >= second, y < second + plan.secondRows { return pressParty(line: y - second) }
            isPartyPaneFocused = false
        }
        guard y >= first, y < first + plan.listRows, let cursor = shownCursor else { return [] }
        let row = cursor.top + y - first
        guard row < cursor.count else { return [] }
        if row == cursor.index { return perform(.open) }
        moveInList(.by(row - cursor.index))
        return []
    }

    private mutating func pressParty(line: Int) -> [Effect] {
        let row = partyCursor.top + line
        guard row < partyIDs.count else { return [] }
        let wasFocused = isPartyPaneFocused
        isPartyPaneFocused = true
        if wasFocused, row == partyCursor.index { return perform(.open) }
        moveInList(.by(row - partyCursor.index))
        return []
    }

    /// Where the list on the screen stands: its first row shown, its selected row, its length.
    private var shownCursor: (top: Int, index: Int, count: Int)? {
        switch place {
        case .parties: (partyCursor.top, partyCursor.index, partyIDs.count)
        case .partyEvents: (partyEventCursor.top, partyEventCursor.index, partyEventIDs.count)
        case .event, .certificate, .why, .sql, .comparison: nil
        case nil:
            switch view {
            case .live: (live.cursor.top, live.cursor.index, liveIDs.count)
            case .rejections: (groupCursor.top, groupCursor.index, groupIDs.count)
            case .certs: (certificateCursor.top, certificateCursor.index, certificateIDs.count)
            case .expiring: (expiringCursor.top, expiringCursor.index, expiringIDs.count)
            case .sources: (reporterCursor.top, reporterCursor.index, reporterIDs.count)
            case .changes: (changeCursor.top, changeCursor.index, changeIDs.count)
            }
        }
    }

    private mutating func sort(byColumnAt x: Int) {
        // With its two panes, the line of titles is that of the reasons.
        let isReasons = view == .rejections && places.isEmpty
        guard let list = isReasons ? .reasons : shownList, let key = sortKey(of: list, at: x) else { return }
        if isReasons { isPartyPaneFocused = false }
        sort(list, by: key)
    }

    /// What a press on a title orders by; nil where the column orders nothing.
    private func sortKey(of list: ListName, at x: Int) -> SortKey? {
        func key<Row>(_ columns: [ListColumn<Row>]) -> SortKey? {
            let columns = chosen(columns, of: list)
            let width = showsPreviewBeside ? size.columns - previewColumns : size.columns
            let layout = ListTable(columns: columns, cell: cell).layout(in: width)
            let place = layout.places.first { x - 1 >= $0.x && x - 1 < $0.x + $0.width }
            return place.flatMap { place in columns.first { $0.title == place.column.title.string }?.sortKey }
        }
        switch list {
        case .live, .partyEvents: return nil
        case .reasons: return histogram.flatMap { key(RejectionsScreen.columns($0, self)) }
        case .parties: return key(PartiesScreen.columns(self))
        case .certs: return key(CertsScreen.columns(self))
        case .expiring: return key(ExpiringScreen.columns(self))
        case .sources: return key(SourcesScreen.columns(self))
        }
    }
}
