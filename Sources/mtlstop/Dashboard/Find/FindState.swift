/// A text that is looked for without hiding what does not hold it.
struct FindState: Hashable, Sendable {
    /// Empty: nothing is looked for.
    var text = ""
    /// The search in the stream that runs.
    var search: FindQuestion?
    var serial = 0
    /// Where the next search in the stream goes on when the last one stopped before its end.
    var resume: FindQuestion?

    var isActive: Bool { !text.isEmpty }

    /// True when a text holds what is looked for, whatever the case.
    func matches(_ other: String) -> Bool {
        isActive && other.lowercased().contains(text.lowercased())
    }
}

/// A search in the stream, from an event on.
struct FindQuestion: Hashable, Sendable {
    var text: String
    var from: Int64
    /// True: towards older events, which stand below.
    var isDown: Bool
    /// Tells a search from the one before, so that the same is asked again.
    var serial: Int
}

/// Where a search in the stream ended.
struct FoundEvent: Hashable, Sendable {
    /// The event that matches.
    var id: Int64?
    /// The last event that was looked at when the search stopped before the end.
    var resume: Int64?
}
