import AuditEvents
import AuditStore

/// One connection as the ingest thread knows it; only for that thread.
final class Conversation {
    /// Where the connection stands.
    enum Stage {
        /// Nothing but white space has come.
        case silent
        /// Lines are read.
        case open
        /// The last answer waits for the commit.
        case leaving
        /// Nothing is read or answered any more.
        case closed
    }

    let peer: IntakePeer
    var stage = Stage.silent
    var assembler = LineAssembler()
    /// True when syslog messages come, as lines or as frames; nobody is answered then.
    var isSyslog = false
    /// True once the reporter was named after the application of its first message.
    var isNamed = false
    /// Counts every line from 1.
    var lines = 0
    /// The session in the database; begun with the first line.
    var session: SessionID?
    /// The producer of acknowledged mode.
    var producer: ProducerHandle?
    /// Up to here all is durable.
    var durable: UInt64 = 0
    /// Set when an ack goes out with the next commit even though nothing new is durable (repeats).
    var owesAck = false
    /// True once the peer has said hello.
    var hasGreeted = false
    /// The answer to the hello; it waits for the next commit, since it promises what is durable.
    var greeting: Reply?
    /// The last answer; it waits for the next commit too, and follows the ack.
    var farewell: Reply?
    /// True once the peer has sent all or was sent away.
    var hasEnded = false
    /// True while it is on the list of those that the next commit answers.
    var isListed = false
    /// True while the rate limit refuses its lines.
    var isLimited = false
    /// When the half line that waits began, by the monotonic clock.
    var halfLineSince: ContinuousClock.Instant?

    init(_ peer: IntakePeer) {
        self.peer = peer
    }

    /// True while lines are taken.
    var isReading: Bool { stage == .open || stage == .silent }

    /// True in acknowledged mode.
    var isAcknowledged: Bool { producer != nil }
}
