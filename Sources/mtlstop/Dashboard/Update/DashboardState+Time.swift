import AuditEvents
import AuditStore
import CertCore
import SafeText
import Terminal

/// Moving in time: ranges, jumps, and from finding to finding.
extension DashboardState {
    /// The range of the view on the screen; nil where it has another measure (days ahead, a period to compare).
    var shownRange: TimeRange? {
        switch view {
        case .live: liveRange
        case .rejections: rejectionRange
        case .certs: certificateRange
        case .expiring, .sources, .changes: nil
        }
    }

    /// Shows another time in the view on the screen.
    mutating func setRange(_ range: TimeRange) {
        switch view {
        case .live:
            liveRange = range
            follow()
        case .rejections:
            rejectionRange = range
            partyCursor.reset()
        case .certs:
            certificateRange = range
            certificateCursor.reset()
        case .expiring, .sources, .changes: say("this view has no time range; t says what it has")
        }
    }

    /// Shows a time that was typed: `1h`, `all`, `13:00 .. 14:00`.
    mutating func setRange(_ text: String) {
        guard let range = TypedTime.range(text, times: times) else {
            say("range: write it like 24h, all, 2026-11-23, or 13:00 .. 14:00", role: .warning)
            return
        }
        setRange(range)
    }

    mutating func zoom(isCloser: Bool) {
        guard let range = shownRange else { return zoomStep(isCloser: isCloser) }
        let center = view == .live && !live.isFollowing ? selectedEvent : nil
        guard let next = range.zoomed(isCloser: isCloser, around: center?.time, now: now, all: logLength), next != range
        else {
            say(isCloser ? "this is the shortest range" : "this is all there is")
            return
        }
        setRange(next)
        if let center { land(on: center.id) }
        say("range: \(next.title)")
    }

    /// How long the log is, in milliseconds; nil until it is known.
    private var logLength: Int64? {
        guard let oldest = status?.oldest else { return nil }
        return max(0, now - oldest)
    }

    /// Days ahead and periods to compare go through their menu's choices.
    private mutating func zoomStep(isCloser: Bool) {
        func next(_ value: Int64, _ choices: [Int64]) -> Int64? {
            isCloser ? choices.last { $0 < value } : choices.first { $0 > value }
        }
        switch view {
        case .expiring:
            if let days = next(expiringWithin, Self.expiringChoices) {
                expiringWithin = days
                return
            }
        case .changes:
            if let period = next(changesWithin, Self.changeChoices) {
                changesWithin = period
                return
            }
        default: return say("this view shows the present, whatever the range")
        }
        say(isCloser ? "this is the shortest choice" : "this is the longest choice")
    }

    mutating func shift(isLater: Bool) {
        guard let range = shownRange else {
            say("this view always ends now: z and Z change its length")
            return
        }
        guard let next = range.shifted(isLater: isLater, now: now) else {
            say(range == .all ? "all time cannot be shifted: t or z choose a range" : "there is nothing after now")
            return
        }
        setRange(next)
        say("range: \(next.title)")
    }

    // MARK: Jumps

    /// Goes to an event of Live by its number or by a time.
    mutating func goTo(_ text: String) {
        let number = Int64(text).flatMap { $0 > 0 ? $0 : nil }
        guard let time = number == nil ? TypedTime.time(text, times: times) : nil else {
            guard let number else {
                say("goto: write a time like 13:05, 2026-11-23 13:05 or 90m, or an event's number", role: .warning)
                return
            }
            show(.live)
            liveRange = .all
            land(on: number)
            return
        }
        show(.live)
        if time < liveRange.start(now: now) ?? time || time >= liveRange.end ?? .init(milliseconds: .max) {
            liveRange = .all
        }
        jump(to: .time(time))
    }

    /// Selects an event of Live once its surroundings are known.
    private mutating func land(on id: Int64) {
        jump(to: .around(id))
        live.cursor.go(to: id)
    }

    private mutating func jump(to anchor: LiveAnchor) {
        live.isFollowing = false
        live.goesToOldest = false
        live.anchor = anchor
    }

    /// Takes the answer to a jump: selects what it found, or says that there is nothing.
    mutating func land(in window: EventWindow) {
        let wasRejection = if case .rejection = live.anchor { true } else { false }
        guard let target = window.target, !window.rows.isEmpty else {
            live.anchor = live.cursor.selected.map { .around($0) } ?? .newest
            say(wasRejection ? "no further rejection in this direction" : "nothing was recorded then")
            return
        }
        live.anchor = .around(target)
        let place = window.rows.firstIndex { $0.id <= target } ?? window.rows.count - 1
        live.cursor.go(to: place, window.rows.map(\.id), height: plan.listRows)
    }

    // MARK: Findings

    /// Goes to the next row below or above that needs a look: a rejection in Live, a certificate with a finding.
    mutating func goToFinding(isBelow: Bool) {
        if view == .certs { return goToCertificateFinding(isBelow: isBelow) }
        guard let rows = liveWindow?.rows, let selected = live.cursor.selected else { return }
        let index = live.cursor.index
        let candidates = isBelow ? rows.indices.filter { $0 > index } : rows.indices.filter { $0 < index }.reversed()
        if let found = candidates.first(where: { rows[$0].outcome == .rejected }) {
            moveInList(.by(found - index))
        } else if isBelow ? liveWindow?.reachedOldest == true : liveWindow?.reachedNewest == true {
            say("no further rejection in this direction")
        } else {
            jump(to: .rejection(isNewer: !isBelow, than: selected))
        }
    }

    private mutating func goToCertificateFinding(isBelow: Bool) {
        let rows = certificateList ?? []
        let index = certificateCursor.index
        let candidates = isBelow ? rows.indices.filter { $0 > index } : rows.indices.filter { $0 < index }.reversed()
        guard let found = candidates.first(where: { Self.hasFinding(rows[$0], now: now) }) else {
            say("no further certificate with a finding in this direction")
            return
        }
        moveInList(.by(found - index))
    }

    /// True when a certificate is over or nearly, was never accepted, or carries hostile text.
    static func hasFinding(_ usage: CertificateUsage, now: Timestamp) -> Bool {
        let role = Validity.role(usage.certificate, now: now)
        let isHostile = SafeText(usage.certificate.shownName).wasEscaped
        return role == .critical || role == .warning || (usage.accepted == 0 && usage.rejected > 0) || isHostile
    }
}
