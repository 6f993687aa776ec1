/// What one commit makes durable: taken out of the writer whole, so that the next batch grows while this one is written.
///
/// It stays the same until it is durable: what failed is tried again as it was, before anything newer.
struct CommitPackage {
    /// A session's row, with the producer that is attached to it.
    struct Session {
        var state: SessionState
        var producer: ProducerState?
    }

    var names: [PendingName] = []
    var contexts: [(id: Int64, key: ContextKey)] = []
    var verdicts: [(id: Int64, key: VerdictKey)] = []
    var certificates: [CertificateChange] = []
    var sessions: [Session] = []
    var producers: [ProducerState] = []
    var batch: PendingBatch

    /// How many events its loss rows stand for, by kind.
    var losses: [String: UInt64] { batch.lossCounts }
}

extension PendingBatch {
    /// How many events the loss rows stand for, by kind.
    var lossCounts: [String: UInt64] {
        var counts: [String: UInt64] = [:]
        for loss in losses { counts[loss.kind.rawValue, default: 0] += UInt64(clamping: loss.count) }
        return counts
    }
}
