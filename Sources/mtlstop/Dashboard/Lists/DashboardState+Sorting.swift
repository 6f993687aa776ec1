import SafeText
import Terminal

/// In which order the lists stand.
extension DashboardState {
    /// The list that has the keys; nil on a page and in Changes, whose rows stand by what they are about.
    var shownList: ListName? {
        switch place {
        case .parties: return .parties
        case .partyEvents: return .partyEvents
        case .event, .certificate, .why, .sql, .comparison: return nil
        case nil: break
        }
        switch view {
        case .live: return .live
        case .rejections: return isPartyPaneFocused ? .parties : .reasons
        case .certs: return .certs
        case .expiring: return .expiring
        case .sources: return .sources
        case .changes: return nil
        }
    }

    /// The order of a list; lists of events have one too, which nobody asks for.
    func order(of list: ListName) -> ListOrder {
        orders[list] ?? ListOrder.usual(of: list) ?? ListOrder(key: .last)
    }

    /// What the order of the list on the screen can be, or why it has none.
    mutating func openSortMenu() {
        guard let list = sortableList else { return }
        menu = Menu(kind: .sort, index: list.sortKeys.firstIndex(of: order(of: list).key) ?? 0)
    }

    /// Takes the next order of the list on the screen, or the one before.
    mutating func turnOrder(by step: Int) {
        guard let list = sortableList else { return }
        let keys = list.sortKeys
        let index = keys.firstIndex(of: order(of: list).key) ?? 0
        sort(list, by: keys[(index + step + keys.count) % keys.count])
    }

    /// Turns the order of the list on the screen round.
    mutating func reverseOrder() {
        guard let list = sortableList else { return }
        var order = order(of: list)
        order.isReversed.toggle()
        take(order, of: list)
    }

    /// Orders the list on the screen by a key that has been named; an unknown one is told.
    mutating func sort(named name: String) {
        guard let list = sortableList else { return }
        guard let key = list.sortKeys.first(where: { $0.rawValue == name }) else {
            let names = list.sortKeys.map { SafeText($0.rawValue) }.joined(separator: ", ")
            return say("this list can be ordered by \(names)", role: .warning)
        }
        sort(list, by: key)
    }

    /// Orders by a key; the same key once more turns the order round.
    mutating func sort(_ list: ListName, by key: SortKey) {
        let before = order(of: list)
        take(ListOrder(key: key, isReversed: before.key == key && !before.isReversed), of: list)
    }

    private var sortableList: ListName? {
        mutating get {
            if let list = shownList, !list.sortKeys.isEmpty { return list }
            say(view == .changes && places.isEmpty ? "changes stand by what they are about" : "events stand by time")
            return nil
        }
    }

    private mutating func take(_ order: ListOrder, of list: ListName) {
        orders[list] = order
        say("ordered by \(order.title)")
    }

    /// Goes to the first row of a list that has come in another order.
    mutating func goToFirst(of slot: Slot) {
        switch slot {
        case .rejections: groupCursor.reset()
        case .parties: partyCursor.reset()
        case .certificates: certificateCursor.reset()
        case .expiring: expiringCursor.reset()
        case .reporters: reporterCursor.reset()
        default: break
        }
    }
}
