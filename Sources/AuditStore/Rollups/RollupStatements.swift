import GRDB

/// The statements that add counts to the derived tables.
final class RollupStatements {
    private let roll: PreparedStatement
    private let use: PreparedStatement
    private let posting: PreparedStatement
    private let total: PreparedStatement
    private let watermark: PreparedStatement
    private let prune: PreparedStatement

    /// Compiles the statements.
    init(_ db: Database) throws {
        roll = try PreparedStatement(
            db,
            """
            INSERT INTO roll(span, bucket, service, verdict, n, last_id) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET n = n + excluded.n, last_id = max(last_id, excluded.last_id)
            """
        )
        use = try PreparedStatement(
            db,
            """
            INSERT INTO cert_use(span, bucket, cert, accepted, rejected, last_ts, last_id) VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET accepted = accepted + excluded.accepted, rejected = rejected + excluded.rejected,
            last_ts = max(last_ts, excluded.last_ts), last_id = max(last_id, excluded.last_id)
            """
        )
        posting = try PreparedStatement(
            db,
            """
            INSERT INTO cert_segment(cert, segment, accepted, rejected) VALUES (?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET accepted = accepted + excluded.accepted, rejected = rejected + excluded.rejected
            """
        )
        total = try PreparedStatement(
            db,
            """
            INSERT INTO cert_total(cert, accepted, rejected, first_ts, last_ts, last_id, last_accepted_ts,
            last_accepted_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET accepted = accepted + excluded.accepted, rejected = rejected + excluded.rejected,
            first_ts = min(first_ts, excluded.first_ts), last_ts = max(last_ts, excluded.last_ts),
            last_id = max(last_id, excluded.last_id),
            last_accepted_ts = nullif(max(ifnull(last_accepted_ts, -1), ifnull(excluded.last_accepted_ts, -1)), -1),
            last_accepted_id = nullif(max(ifnull(last_accepted_id, -1), ifnull(excluded.last_accepted_id, -1)), -1)
            """
        )
        watermark = try PreparedStatement(db, "UPDATE meta SET value = ? WHERE key = 'derived_upto'")
        prune = try PreparedStatement(db, "DELETE FROM cert_use WHERE span = 2 AND bucket < ?")
    }

    /// Adds all counts and moves the watermark; within one transaction.
    func write(_ counts: RollupAccumulator) throws {
        for span in RollupSpan.allCases {
            for (key, count) in counts.rolls(span) {
                try run(roll, [span.rawValue, key.bucket, key.service, key.verdict, count.events, count.lastID])
            }
        }
        for span in [RollupSpan.hour, .day] {
            for entry in counts.uses(span) { try write(entry, span) }
        }
        for entry in counts.postings {
            try run(posting, [entry.certificate, entry.segment, entry.accepted, entry.rejected])
        }
        for entry in counts.totals { try write(entry) }
        try run(watermark, [counts.upTo])
    }

    /// Removes the hours of certificates before a bucket.
    func removeHours(before bucket: Int64) throws {
        try run(prune, [bucket])
    }

    private func write(_ entry: CertificateUse, _ span: RollupSpan) throws {
        use.bind(1, span.rawValue)
        use.bind(2, entry.bucket)
        use.bind(3, entry.certificate)
        use.bind(4, entry.accepted)
        use.bind(5, entry.rejected)
        use.bind(6, entry.lastTime)
        use.bind(7, entry.lastID)
        try use.run()
    }

    private func write(_ entry: CertificateTotal) throws {
        total.bind(1, entry.certificate)
        total.bind(2, entry.accepted)
        total.bind(3, entry.rejected)
        total.bind(4, entry.firstTime)
        total.bind(5, entry.lastTime)
        total.bind(6, entry.lastID)
        total.bind(7, entry.accepted > 0 ? entry.lastAcceptedTime : nil)
        total.bind(8, entry.accepted > 0 ? entry.lastAcceptedID : nil)
        try total.run()
    }

    private func run(_ statement: PreparedStatement, _ values: [Int64]) throws {
        for (index, value) in values.enumerated() { statement.bind(Int32(index + 1), value) }
        try statement.run()
    }
}
