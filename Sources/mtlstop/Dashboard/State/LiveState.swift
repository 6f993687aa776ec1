import CertCore

/// The Live view's own state: where the list is anchored, and whether it moves by itself.
struct LiveState: Hashable, Sendable {
    var cursor = ListCursor<Int64>()
    /// Which rows the window is cut around.
    var anchor = LiveAnchor.newest
    /// True while the newest row stays selected and on top.
    var isFollowing = true
    /// The newest event when the rows were frozen with Space; nil while they run.
    var pausedAt: Int64?
    /// True when the next answer selects the oldest row.
    var goesToOldest = false

    var isPaused: Bool { pausedAt != nil }

    /// True when new events reach the list at once.
    var isMoving: Bool { isFollowing && !isPaused }
}

/// The place in the stream that a window of rows is cut around.
enum LiveAnchor: Hashable, Sendable {
    case newest
    case oldest
    case around(Int64)
    /// The newest event at or before a time.
    case time(Timestamp)
    /// The next rejection above (newer) or below an event.
    case rejection(isNewer: Bool, than: Int64)
}
