import AuditStore

/// The rows of the lists, and the cursors bound to them.
extension DashboardState {
    var liveIDs: [Int64] { liveWindow?.rows.map(\.id) ?? [] }
    var groupIDs: [RejectionTrait] { histogram?.groups.map(\.key) ?? [] }
    var partyIDs: [PartyName] { parties?.map { PartyName($0) } ?? [] }
    var partyEventIDs: [Int64] { partyEvents?.map(\.id) ?? [] }
    var certificateIDs: [Int64] { certificateList?.map(\.certificate.id) ?? [] }
    var expiringIDs: [Int64] { expiringList?.map(\.certificate.id) ?? [] }
    var reporterIDs: [Int64] { reporters?.map(\.id) ?? [] }
    var changeIDs: [Change] { changeReport?.changes ?? [] }

    /// Rows of the party list on the screen: a page of its own, or the pane below the reasons.
    var partyRows: Int { places.isEmpty ? max(1, plan.secondRows) : plan.listRows }

    /// Binds every cursor to its rows, so that the selection is on the screen whatever happened.
    mutating func settleCursors() {
        settleLive()
        switch view {
        case .live: break
        case .rejections:
            if places.isEmpty { groupCursor.settle(groupIDs, height: plan.listRows) }
            partyCursor.settle(partyIDs, height: partyRows)
            partyEventCursor.settle(partyEventIDs, height: plan.listRows)
        case .certs: certificateCursor.settle(certificateIDs, height: plan.listRows)
        case .expiring: expiringCursor.settle(expiringIDs, height: plan.listRows)
        case .sources: reporterCursor.settle(reporterIDs, height: plan.listRows)
        case .changes: changeCursor.settle(changeIDs, height: plan.listRows)
        }
        if !isList { scroll = min(scroll, maximumScroll) }
    }

    /// Keeps the newest row selected while following; else the selected event, wherever it moves.
    private mutating func settleLive() {
        let ids = liveIDs
        if live.isMoving, live.anchor == .newest {
            live.cursor.go(to: 0, ids, height: plan.listRows)
        }
        live.cursor.settle(ids, height: plan.listRows)
    }

    /// Takes in a window of the stream.
    mutating func acceptLive(_ window: EventWindow) {
        if case .time = live.anchor { return land(in: window) }
        if case .rejection = live.anchor { return land(in: window) }
        guard live.goesToOldest, live.anchor == .oldest else { return }
        live.goesToOldest = false
        live.cursor.go(to: window.rows.count - 1, window.rows.map(\.id), height: plan.listRows)
    }

    /// The lines that scroll out of a document when its end is on the screen.
    var maximumScroll: Int { max(0, document.lines.count - layout.bodyRows) }
}
