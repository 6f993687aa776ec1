import CertCore

/// An event that waits for its commit: integers only; 0 stands for absent.
struct PendingEvent {
    var time: Int64
    var received: Int64
    var certificate: Int64 = 0
    var ip: Int64 = 0
    var path: Int64 = 0
    var verdict: Int64 = 1
    var context: Int64 = 0
    /// For the roll-ups; the row itself has it in its context.
    var service: Int64 = 0
    var marks: Int64
    /// -1 for absent: port 0 is a number somebody may report.
    var port: Int32
    var outcome: UInt8
    /// The leaf hash of its record.
    var leaf: SHA256Digest

    /// An event without names yet.
    init(_ facts: EventFacts, leaf: SHA256Digest) {
        time = facts.time
        received = facts.received
        marks = facts.marks
        port = facts.port
        outcome = facts.outcome
        self.leaf = leaf
    }
}

/// A loss row that waits for its commit.
struct PendingLoss {
    var time: Int64
    var session: Int64?
    var producer: Int64?
    var kind: LossKind
    var count: Int64
    var firstSequence: Int64?
    var lastSequence: Int64?
    var since: Int64?
    var detail: String?
}

/// A refused line that waits for its commit.
struct PendingBadLine {
    var time: Int64
    var session: Int64?
    var producer: Int64?
    var sequence: Int64?
    var line: Int64?
    var code: String
    var column: Int64?
    var length: Int64
    var head: [UInt8]
}
