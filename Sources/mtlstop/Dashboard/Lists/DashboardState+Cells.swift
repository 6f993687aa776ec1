import AuditEvents
import AuditStore
import SafeText

/// The cell cursor: a column of the selected row, for `=`, `-` and reading what is cut.
extension DashboardState {
    /// The title of the column that the cell cursor is in; nil while the whole row is selected.
    var cell: String? { shownList.flatMap { cells[$0] } }

    /// Moves the cell cursor; it comes in from the side it moves away from, and stops at the ends.
    mutating func moveCell(by step: Int) {
        guard let list = shownList else { return say("there are no columns to go through here") }
        let titles = columnTitles(of: list, withHidden: false)
        guard !titles.isEmpty else { return }
        guard let place = cells[list].flatMap({ titles.firstIndex(of: $0) }) else {
            cells[list] = step > 0 ? titles.first : titles.last
            return
        }
        cells[list] = titles[min(max(0, place + step), titles.count - 1)]
    }

    /// The value of the cell under the cursor as a condition; nil where the cell stands for none.
    var cellValue: RowValue? {
        guard let cell else { return nil }
        let values = rowValues
        for word in words(for: cell) {
            if let value = values.first(where: { $0.word == word }) { return value }
        }
        return nil
    }

    /// Words of the filter language that a column's cells can be found by, the first that the row has counts.
    private func words(for title: String) -> [String] {
        switch title {
        case "RES": ["outcome"]
        case "SUBJECT": ["cn", "fp"]
        case "ISSUER": ["issuer"]
        case "SHA-256": ["fp"]
        case "SOURCE", "SERVICE": ["service", "session"]
        case "CLIENT IP": ["ip"]
        case "METHOD": ["method"]
        case "PATH": ["path"]
        case "REASON": ["class"]
        case "WHY": ["class"]
        case "PATH / WHY": selectedEvent?.outcome == .rejected ? ["class"] : ["path"]
        default: []
        }
    }

    /// What the cell under the cursor says, uncut.
    var cellText: SafeText? {
        guard let list = shownList, let cell else { return nil }
        func text<Row>(_ columns: [ListColumn<Row>], _ row: Row?) -> SafeText? {
            guard let column = columns.first(where: { $0.title == cell }), let row else { return nil }
            return column.text(row)
        }
        switch list {
        case .live, .partyEvents: return text(eventColumns.columns, selectedEvent)
        case .reasons: return histogram.flatMap { text(RejectionsScreen.columns($0, self), selectedGroup) }
        case .parties: return text(PartiesScreen.columns(self), selectedParty)
        case .certs:
            return text(
                CertsScreen.columns(self),
                certificateList?.first { $0.certificate.id == certificateCursor.selected }
            )
        case .expiring:
            return text(
                ExpiringScreen.columns(self),
                expiringList?.first { $0.certificate.id == expiringCursor.selected }
            )
        case .sources: return text(SourcesScreen.columns(self), selectedReporter)
        }
    }

    /// Keeps or drops the rows with the value of the cell; without a cell a menu asks which value.
    mutating func narrow(keeping: Bool) {
        guard let cell else { return openMenu(keeping ? .keep : .drop) }
        guard let value = cellValue else {
            say(
                "\(SafeText(cell)) is nothing that a filter finds; Esc leaves the cell, then \(keeping ? "=" : "-") offers all values"
            )
            return
        }
        narrowFilter(keeping ? value.condition : "not \(value.condition)")
    }
}
