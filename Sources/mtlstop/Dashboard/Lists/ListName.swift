/// The lists that can be ordered and whose columns can be chosen; the raw value is the name in the session file.
enum ListName: String, CaseIterable, Hashable, Sendable {
    case live
    case reasons
    case parties
    case partyEvents = "party-events"
    case certs
    case expiring
    case sources

    /// What the list can be ordered by, the usual one first; a list of events stands in the order of time.
    var sortKeys: [SortKey] {
        switch self {
        case .live, .partyEvents: []
        case .reasons: [.count, .reason, .change, .last]
        case .parties: [.count, .subject, .first, .last]
        case .certs: [.lastSeen, .expiry, .subject, .uses]
        case .expiring: [.impact, .expiry, .subject, .uses]
        case .sources: [.arrival, .source, .last, .events, .rejected, .lost]
        }
    }
}
