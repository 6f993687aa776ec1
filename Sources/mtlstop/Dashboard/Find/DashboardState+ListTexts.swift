import AuditStore
import SafeText

/// The list on the screen as texts, and its cursor, whatever the list is.
extension DashboardState {
    /// What each row says.
    var listTexts: [String] {
        switch place {
        case .parties: return PartiesScreen.columns(self).texts(of: parties ?? [])
        case .partyEvents: return eventColumns.columns.texts(of: partyEvents ?? [])
        case .event, .certificate, .why, .sql, .comparison: return []
        case nil: break
        }
        switch view {
        case .live: return eventColumns.columns.texts(of: liveWindow?.rows ?? [])
        case .rejections where isPartyPaneFocused: return PartiesScreen.columns(self).texts(of: parties ?? [])
        case .rejections: return (histogram?.groups ?? []).map(\.title)
        case .certs: return CertsScreen.columns(self).texts(of: certificateList ?? [])
        case .expiring: return ExpiringScreen.columns(self).texts(of: expiringList ?? [])
        case .sources: return SourcesScreen.columns(self).texts(of: reporters ?? [])
        case .changes: return ChangesScreen.columns(self).texts(of: changeReport?.changes ?? [])
        }
    }

    /// The row of the selection.
    var listIndex: Int {
        switch place {
        case .parties: return partyCursor.index
        case .partyEvents: return partyEventCursor.index
        case .event, .certificate, .why, .sql, .comparison: return 0
        case nil: break
        }
        switch view {
        case .live: return live.cursor.index
        case .rejections: return isPartyPaneFocused ? partyCursor.index : groupCursor.index
        case .certs: return certificateCursor.index
        case .expiring: return expiringCursor.index
        case .sources: return reporterCursor.index
        case .changes: return changeCursor.index
        }
    }

    /// Selects a row by its place.
    mutating func selectInList(_ index: Int) {
        let distance = index - listIndex
        let height = plan.listRows
        let step = ListStep.by(distance)
        switch place {
        case .parties: step.apply(to: &partyCursor, partyIDs, height: partyRows)
        case .partyEvents: step.apply(to: &partyEventCursor, partyEventIDs, height: height)
        default: moveInView(step)
        }
    }
}

extension [ListColumn<EventRow>] {
    /// The event's whole row, with what the columns leave out.
    func text(of row: EventRow) -> String { texts(of: [row]).first ?? "" }
}

extension Array {
    /// What each row says, all columns one after the other.
    func texts<Row>(of rows: [Row]) -> [String] where Element == ListColumn<Row> {
        rows.map { row in map { $0.text(row).string }.joined(separator: " ") }
    }
}
