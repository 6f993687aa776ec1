/// What came since somebody last looked.
struct NewsSince: Hashable, Sendable {
    var events: Int64
    var rejected: Int64
    /// Certificates seen for the first time.
    var certificates: Int
    /// Reasons that did not occur in the same length of time before.
    var reasons: Int

    var isEmpty: Bool { events == 0 }
}
