import AuditStore

/// Moving in the list that is on the screen.
extension DashboardState {
    /// Moves the selection as an action says.
    mutating func moveInList(_ action: Action) {
        guard let step = ListStep(action, page: plan.listRows) else { return }
        moveInList(step)
    }

    /// Moves the selection by a step.
    mutating func moveInList(_ step: ListStep) {
        switch place {
        case .parties: step.apply(to: &partyCursor, partyIDs, height: partyRows)
        case .partyEvents: step.apply(to: &partyEventCursor, partyEventIDs, height: plan.listRows)
        case .event, .certificate, .why, .sql, .comparison: break
        case nil: moveInView(step)
        }
    }

    mutating func moveInView(_ step: ListStep) {
        let height = plan.listRows
        switch view {
        case .live: moveLive(step)
        case .rejections where isPartyPaneFocused: step.apply(to: &partyCursor, partyIDs, height: partyRows)
        case .rejections:
            let before = groupCursor.selected
            step.apply(to: &groupCursor, groupIDs, height: height)
            if groupCursor.selected != before { partyCursor.reset() }
        case .certs: step.apply(to: &certificateCursor, certificateIDs, height: height)
        case .expiring: step.apply(to: &expiringCursor, expiringIDs, height: height)
        case .sources: step.apply(to: &reporterCursor, reporterIDs, height: height)
        case .changes: step.apply(to: &changeCursor, changeIDs, height: height)
        }
    }

    /// Live is a window of a long stream: near its edge the window is cut anew, at the ends it jumps.
    private mutating func moveLive(_ step: ListStep) {
        switch step {
        case .first:
            if live.isPaused { jumpToPausedTop() } else { follow() }
        case .last:
            live.isFollowing = false
            guard liveWindow?.reachedOldest == false else {
                step.apply(to: &live.cursor, liveIDs, height: plan.listRows)
                return
            }
            live.anchor = .oldest
            live.goesToOldest = true
        case .by:
            step.apply(to: &live.cursor, liveIDs, height: plan.listRows)
            live.goesToOldest = false
            live.isFollowing = live.isFollowing && live.cursor.index == 0
            recutWindow()
        }
    }

    private mutating func jumpToPausedTop() {
        live.anchor = .newest
        live.cursor.reset()
    }

    /// Asks for rows around the selection when it comes near the edge of those in hand.
    private mutating func recutWindow() {
        guard let window = liveWindow, let selected = live.cursor.selected, !live.isFollowing else { return }
        let margin = plan.listRows
        let nearNewest = live.cursor.index < margin && !window.reachedNewest
        let nearOldest = live.cursor.index >= window.rows.count - margin && !window.reachedOldest
        if nearNewest || nearOldest || live.anchor == .newest { live.anchor = .around(selected) }
    }
}

/// A move in a list.
enum ListStep: Hashable, Sendable {
    case by(Int)
    case first
    case last

    /// The step of an action; nil when it is no move.
    init?(_ action: Action, page: Int) {
        let half = max(1, page / 2)
        switch action {
        case .rowDown: self = .by(1)
        case .rowUp: self = .by(-1)
        case .pageDown: self = .by(max(1, page - 1))
        case .pageUp: self = .by(-max(1, page - 1))
        case .halfPageDown: self = .by(half)
        case .halfPageUp: self = .by(-half)
        case .first: self = .first
        case .last: self = .last
        default: return nil
        }
    }

    func apply<ID>(to cursor: inout ListCursor<ID>, _ ids: [ID], height: Int) {
        switch self {
        case .by(let rows): cursor.move(by: rows, ids, height: height)
        case .first: cursor.go(to: 0, ids, height: height)
        case .last: cursor.go(to: ids.count - 1, ids, height: height)
        }
    }
}
