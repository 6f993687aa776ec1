import SafeText

/// What a list is ordered by; the raw value is the name in the session file and after `:sort`.
enum SortKey: String, CaseIterable, Hashable, Sendable {
    case count
    case reason
    case change
    case subject
    case first
    case last
    case lastSeen = "last-use"
    case expiry
    case uses
    case impact
    case arrival
    case source
    case events
    case rejected
    case lost

    /// How the order is called on the screen.
    var title: SafeText {
        switch self {
        case .lastSeen: "last use"
        default: SafeText(rawValue)
        }
    }
}
