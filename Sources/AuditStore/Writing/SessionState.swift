/// What the writer knows of a session that is open, or that has something waiting for a commit.
struct SessionState {
    let id: Int64
    let peer: PeerCredentials
    let started: Int64
    /// The id of the attached producer, 0 when none is.
    var producer: Int64 = 0
    /// The producer that the ledger says spoke on it, 0 when it says nothing yet.
    var notedProducer: Int64 = 0
    /// When it ended; nil while it is open.
    var ended: Int64?
    var events: Int64 = 0
    var badLines: Int64 = 0
    /// Whether the next commit writes the row.
    var isDirty = true
}

extension SessionState {
    /// Counts lines.
    mutating func count(events: Int64, badLines: Int64) {
        self.events += events
        self.badLines += badLines
        isDirty = true
    }
}
