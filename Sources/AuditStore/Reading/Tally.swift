/// A number of events that share a slot of time and a key.
struct Tally: Hashable, Sendable {
    /// The slot, counted from the start of the range; 0 when the range is not cut.
    var slot: Int64
    /// The verdict's id, or the outcome, as ``TallyKey`` says.
    var key: Int64
    /// How many events.
    var count: Int64
    /// The highest id among them.
    var lastID: Int64
}

/// What a tally keeps apart.
enum TallyKey: Hashable, Sendable {
    /// Accepted (0) and rejected (1).
    case outcome
    /// Each verdict of a rejection.
    case rejection

    /// The key over `event e`.
    var eventColumn: String {
        switch self {
        case .outcome: "e.outcome"
        case .rejection: "e.verdict"
        }
    }

    /// The key over `roll r` with its `verdict v`.
    var rollColumn: String {
        switch self {
        case .outcome: "v.outcome"
        case .rejection: "r.verdict"
        }
    }
}

/// How a range of times is cut into slots.
struct TallySlots: Hashable, Sendable {
    /// Where slot 0 starts, in milliseconds.
    var origin: Int64
    /// The length of a slot in milliseconds.
    var width: Int64

    /// A range that is not cut.
    static let whole: TallySlots? = nil
}

/// A range of event times in milliseconds; an absent end is open.
struct TallyRange: Hashable, Sendable {
    /// Inclusive.
    var since: Int64?
    /// Exclusive.
    var until: Int64?

    /// True when nothing can lie in it.
    var isEmpty: Bool {
        guard let since, let until else { return false }
        return since >= until
    }
}
