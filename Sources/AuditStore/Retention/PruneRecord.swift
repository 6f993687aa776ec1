import CertCore
import GRDB

/// The agreement to remove events: which, when, and why; signed by the log's identity.
struct PruneRecord: Hashable, Sendable {
    /// The id of the row.
    var id: Int64
    /// When it was decided, in Unix milliseconds.
    var time: Int64
    /// The events: all of the whole segments that they fill.
    var events: ClosedRange<Int64>
    /// Events that arrived before this moment, in Unix milliseconds, were to go.
    var cutoff: Int64
    /// Why, in our own words.
    var reason: String

    /// The columns that ``init(_:)`` reads.
    static let columns = "id, time, first_event, last_event, cutoff, reason"

    init(id: Int64, time: Int64, events: ClosedRange<Int64>, cutoff: Int64, reason: String) {
        self.id = id
        self.time = time
        self.events = events
        self.cutoff = cutoff
        self.reason = reason
    }

    /// A record out of a stored row; nil when it is none.
    init?(_ row: Row) {
        guard let id = row.integer(0), let time = row.integer(1), let first = row.integer(2),
            let last = row.integer(3), first <= last, let cutoff = row.integer(4), let reason = row.text(5)
        else { return nil }
        self.init(id: id, time: time, events: first...last, cutoff: cutoff, reason: reason)
    }
}

extension LedgerRecord {
    /// Puts the record of a removal into the buffer: ``digest`` and ``bytes`` are of it then.
    mutating func fill(_ prune: PruneRecord) {
        begin(.prune)
        append(prune.id)
        append(prune.time)
        append(prune.events.lowerBound)
        append(prune.events.upperBound)
        append(prune.cutoff)
        append(text: prune.reason)
    }
}
