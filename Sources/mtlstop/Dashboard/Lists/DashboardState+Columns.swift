import SafeText
import Terminal

/// Which columns the lists show.
extension DashboardState {
    /// The columns of a list as somebody wants them; which of them fit is the layout's to say.
    func chosen<Row>(_ columns: [ListColumn<Row>], of list: ListName) -> [ListColumn<Row>] {
        columnChoices[list]?.apply(to: columns) ?? columns
    }

    /// The titles of the columns of a list, in the order wanted; usually also of those that are hidden.
    func columnTitles(of list: ListName, withHidden: Bool = true) -> [String] {
        var choice = columnChoices[list] ?? ColumnChoice()
        if withHidden { choice.hidden = [] }
        func titles<Row>(_ columns: [ListColumn<Row>]) -> [String] {
            choice.apply(to: columns).map(\.title).filter { !$0.isEmpty }
        }
        switch list {
        case .live, .partyEvents: return titles(eventColumns.columns)
        case .reasons: return histogram.map { titles(RejectionsScreen.columns($0, self)) } ?? []
        case .parties: return titles(PartiesScreen.columns(self))
        case .certs: return titles(CertsScreen.columns(self))
        case .expiring: return titles(ExpiringScreen.columns(self))
        case .sources: return titles(SourcesScreen.columns(self))
        }
    }

    /// Opens the menu of columns of the list on the screen.
    mutating func openColumnMenu() {
        guard let list = shownList, !columnTitles(of: list).isEmpty else {
            return say("there are no columns to choose here")
        }
        menu = Menu(kind: .columns)
    }

    /// Moves the column that the menu is at to the left or to the right.
    mutating func moveColumn(by step: Int) {
        guard let list = shownList, let index = menu?.index else { return }
        let titles = columnTitles(of: list)
        guard titles.indices.contains(index) else { return }
        var choice = columnChoices[list] ?? ColumnChoice()
        guard let moved = choice.move(titles[index], by: step, among: titles) else { return }
        columnChoices[list] = choice
        menu?.index = moved
    }

    /// Shows or hides the column; one always stays.
    mutating func turnColumn(_ title: String) {
        guard let list = shownList else { return }
        let titles = columnTitles(of: list)
        menu = Menu(kind: .columns, index: titles.firstIndex(of: title) ?? 0)
        var choice = columnChoices[list] ?? ColumnChoice()
        choice.turn(title)
        guard titles.contains(where: { !choice.hidden.contains($0) }) else { return say("one column stays") }
        columnChoices[list] = choice
    }
}
