import AuditStore
import CertCore

/// Events that the rate limit refused and that no loss row tells of yet, by session; only for the ingest thread.
struct RefusedEvents {
    private struct Entry {
        var count: UInt64
        var since: Timestamp
    }

    private var entries: [SessionID: Entry] = [:]

    /// Counts one.
    mutating func add(_ session: SessionID, at time: Timestamp) {
        entries[session, default: Entry(count: 0, since: time)].count += 1
    }

    /// Turns them into loss rows of the batch that consumes their numbers.
    mutating func write(to writer: AuditWriter, now: Timestamp) {
        for (session, entry) in entries {
            writer.appendLoss(
                kind: .rateLimit,
                count: entry.count,
                since: entry.since,
                session: session,
                detail: "more lines a second than the rate limit lets a user send",
                now: now
            )
        }
        entries.removeAll()
    }
}
