import GRDB

/// Takes events that are about to be removed out of the derived tables, so that every count over a range stays the count
/// of the events there.
///
/// Totals of certificates stay: they say how a certificate was used since it was first seen.
final class RollupRemoval {
    private let events: PreparedStatement
    private let rolls: [PreparedStatement]
    private let uses: [PreparedStatement]
    private let postings: [PreparedStatement]

    /// Compiles the statements.
    init(_ db: Database) throws {
        events = try PreparedStatement(
            db,
            """
            SELECT event.id, event.ts, event.outcome, event.cert, context.service, event.verdict
            FROM event LEFT JOIN context ON context.id = event.context
            WHERE event.id BETWEEN ? AND ? ORDER BY event.id
            """
        )
        let roll = "WHERE span = ?1 AND bucket = ?2 AND service = ?3 AND verdict = ?4"
        let use = "WHERE span = ?1 AND bucket = ?2 AND cert = ?3"
        let posting = "WHERE cert = ?1 AND segment = ?2"
        let counts = "SET accepted = accepted - ?4, rejected = rejected - ?5"
        rolls = try Self.pair(db, "UPDATE roll SET n = n - ?5 \(roll)", "DELETE FROM roll \(roll) AND n <= 0")
        uses = try Self.pair(
            db,
            "UPDATE cert_use \(counts) \(use)",
            "DELETE FROM cert_use \(use) AND accepted + rejected <= 0"
        )
        postings = try Self.pair(
            db,
            "UPDATE cert_segment \(counts) \(posting)",
            "DELETE FROM cert_segment \(posting) AND accepted + rejected <= 0"
        )
    }

    /// Subtracts the events of a range, all of them below the watermark; within the transaction that removes them.
    func run(_ range: ClosedRange<Int64>) throws {
        let counts = try count(range)
        for span in RollupSpan.allCases {
            for (key, count) in counts.rolls(span) {
                try run(rolls, [span.rawValue, key.bucket, key.service, key.verdict], [count.events])
            }
        }
        for span in [RollupSpan.hour, .day] {
            for use in counts.uses(span) {
                try run(uses, [span.rawValue, use.bucket, use.certificate], [use.accepted, use.rejected])
            }
        }
        for posting in counts.postings {
            try run(postings, [posting.certificate, posting.segment], [posting.accepted, posting.rejected])
        }
    }

    private func count(_ range: ClosedRange<Int64>) throws -> RollupAccumulator {
        events.bind(1, range.lowerBound)
        events.bind(2, range.upperBound)
        var counts = RollupAccumulator(upTo: 0)
        while try events.next() {
            counts.add(
                id: events.integer(0),
                time: events.integer(1),
                isRejected: events.integer(2) != 0,
                certificate: events.integer(3),
                service: events.integer(4),
                verdict: events.integer(5)
            )
        }
        return counts
    }

    /// Subtracts from a row, then removes it when nothing is left; the amounts are the last parameters up to the fifth.
    private func run(_ pair: [PreparedStatement], _ key: [Int64], _ amounts: [Int64]) throws {
        for (index, statement) in pair.enumerated() {
            for (index, value) in key.enumerated() { statement.bind(Int32(index + 1), value) }
            if index == 0 {
                for (index, value) in amounts.enumerated() { statement.bind(Int32(6 - amounts.count + index), value) }
            }
            try statement.run()
        }
    }

    private static func pair(_ db: Database, _ update: String, _ delete: String) throws -> [PreparedStatement] {
        [try PreparedStatement(db, update), try PreparedStatement(db, delete)]
    }
}
