/// A number of events that share a slot of time and a key.
struct Tally: Hashable, Sendable {
    /// The slot, counted from the start of the range; 0 when the range is not cut.
    var slot: Int64
    /// The id or the outcome that ``TallyKey`` says.
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
    /// Each certificate of a rejection; 0 for none.
    case rejectedCertificate
    /// Each address of a rejection; 0 for none.
    case rejectedAddress
    /// Each context of a rejection.
    case rejectedContext

    /// True when it counts rejections only.
    var isRejectedOnly: Bool { self != .outcome }

    /// The key over `event e`.
    var eventColumn: String {
        switch self {
        case .outcome: "e.outcome"
        case .rejection: "e.verdict"
        case .rejectedCertificate: "ifnull(e.cert, 0)"
        case .rejectedAddress: "ifnull(e.ip, 0)"
        case .rejectedContext: "e.context"
        }
    }

    /// The key over `roll r` with its `verdict v`; nil for what roll-ups do not keep apart.
    var rollColumn: String? {
        switch self {
        case .outcome: "v.outcome"
        case .rejection: "r.verdict"
        case .rejectedCertificate, .rejectedAddress, .rejectedContext: nil
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
