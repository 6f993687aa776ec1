/// What a collector has done since it started, and how it is: a value that anybody may keep.
///
/// Counts of events are counts of durable ones: they move after the commit. Every dictionary has a bounded number of
/// keys, all of them words of the program (never text from outside).
struct IntakeCounters: Sendable, Equatable {
    /// Events stored, by outcome.
    var authenticated: UInt64 = 0
    /// Events stored, by outcome.
    var rejected: UInt64 = 0
    /// Events that came a second time and were dropped.
    var repeated: UInt64 = 0
    /// Lines that were refused, by the code of the answer.
    var badLines: [String: UInt64] = [:]
    /// Events known to be lost, by kind (`gap`, `drop`, `collector`, `rate_limit`).
    var losses: [String: UInt64] = [:]
    /// Acknowledgements handed to connections.
    var acks: UInt64 = 0
    /// Commits.
    var batches: UInt64 = 0
    /// How long the commits took.
    var commitLatency = LatencyHistogram()
    /// How often reading was suspended because the database took nothing.
    var suspensions: UInt64 = 0
    /// How it is.
    var state = IntakeState.taking

    /// Connections open now.
    var connections = 0
    /// Connections ever let in.
    var connectionsAccepted: UInt64 = 0
    /// Connections turned away: not allowed, or too many.
    var connectionsRefused: UInt64 = 0
    /// Bytes of memory that wait between the sockets and the writer.
    var queuedBytes = 0
    /// Chunks that wait between the sockets and the writer.
    var queuedMessages = 0

    /// Events stored.
    var events: UInt64 { authenticated + rejected }
}

/// Whether a collector takes events; the raw value is the notice that clients are given.
enum IntakeState: String, Sendable {
    /// It takes what comes.
    case taking = "resumed"
    /// More comes than is written, or the database failed for a moment: senders wait.
    case busy
    /// The disk is full.
    case diskFull = "disk_full"
    /// The file system or the database is read-only.
    case readOnly = "read_only"
}
