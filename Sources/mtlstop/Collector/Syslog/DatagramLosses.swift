import AuditStore
import CertCore
import Glibc

/// Losses of datagrams that no row tells of yet.
struct DatagramLosses {
    private struct Count {
        var number: UInt64 = 0
        var since: Timestamp?

        mutating func add(_ more: Int, at time: Timestamp) {
            number += UInt64(more)
            since = since ?? time
        }
    }

    /// Users whose refused datagrams are counted apart; those of further ones count together.
    private static let usersApart = 64

    private var thrownAway = Count()
    private var full = Count()
    private var refusals: [uid_t: Count] = [:]
    private var otherRefusals = Count()

    /// Whether there is nothing to tell.
    var isEmpty: Bool { thrownAway.since == nil && full.since == nil && refusals.isEmpty && otherRefusals.since == nil }

    /// Datagrams were thrown away here since the database is too slow.
    mutating func threwAway(_ count: Int, at time: Timestamp) {
        thrownAway.add(count, at: time)
    }

    /// The socket's queue may have been full.
    mutating func queueWasFull(at time: Timestamp) {
        full.add(1, at: time)
    }

    /// A user that may not write has written.
    mutating func refused(_ user: uid_t, at time: Timestamp) {
        if refusals[user] != nil || refusals.count < Self.usersApart {
            refusals[user, default: Count()].add(1, at: time)
        } else {
            otherRefusals.add(1, at: time)
        }
    }

    /// The rows, and begins anew.
    mutating func take(watch: QueueWatch) -> [DatagramLoss] {
        defer { self = DatagramLosses() }
        var rows: [DatagramLoss] = []
        if let since = thrownAway.since {
            let detail = "datagrams thrown away: more came than the database took"
            rows.append(DatagramLoss(kind: .collector, count: thrownAway.number, since: since, detail: detail))
        }
        if let since = full.since {
            let detail =
                "the syslog socket's queue may have been full \(full.number) times (it holds \(watch.length) "
                + "datagrams, \(watch.senderBytes) bytes a sender): senders that do not wait may have lost records"
            rows.append(DatagramLoss(kind: .queueFull, count: 0, since: since, detail: detail))
        }
        for (user, count) in refusals {
            guard let since = count.since else { continue }
            let detail = "user \(user) may not write to the syslog socket"
            rows.append(DatagramLoss(kind: .notAllowed, count: count.number, since: since, detail: detail))
        }
        if let since = otherRefusals.since {
            let detail = "further users may not write to the syslog socket"
            rows.append(DatagramLoss(kind: .notAllowed, count: otherRefusals.number, since: since, detail: detail))
        }
        return rows
    }
}
