import GRDB

/// Compares the derived tables with a full recount of the events they stand for.
enum RollupCheck {
    private struct Comparison {
        let name: String
        let stored: String
        let recount: String
    }

    /// The names of the derived tables whose rows differ from a recount, empty when all agree.
    ///
    /// Reads every event: about a second per million. Hours of certificates are compared from `hour` on, the first
    /// that is kept for sure.
    static func differences(_ db: Database, fromHour hour: Int64) throws -> [String] {
        let upTo = try Int64.fetchOne(db, sql: "SELECT value FROM meta WHERE key = 'derived_upto'") ?? 0
        return try comparisons(upTo: upTo, fromHour: hour).compactMap { comparison in
            try areEqual(db, comparison.stored, comparison.recount) ? nil : comparison.name
        }
    }

    private static func comparisons(upTo: Int64, fromHour hour: Int64) -> [Comparison] {
        let known = "FROM event WHERE cert IS NOT NULL AND id <= \(upTo)"
        let sums = "sum(outcome = 0), sum(outcome <> 0)"
        let totals = """
            SELECT cert, \(sums), min(ts), max(ts), max(id), max(CASE WHEN outcome = 0 THEN ts END),
            max(CASE WHEN outcome = 0 THEN id END) \(known) GROUP BY cert
            """
        let segments = """
            SELECT id >> 16, count(*), min(ts), max(ts), min(ts + lag), max(ts + lag) FROM event GROUP BY id >> 16
            """
        let storedSegments = "SELECT first_id >> 16, events, ts_min, ts_max, received_min, received_max FROM segment"
        let postings = "SELECT cert, id >> 16, \(sums) \(known) GROUP BY cert, id >> 16"
        let fixed = [
            Comparison(name: "cert_total", stored: "SELECT * FROM cert_total", recount: totals),
            Comparison(name: "cert_segment", stored: "SELECT * FROM cert_segment", recount: postings),
            Comparison(name: "segment", stored: storedSegments, recount: segments),
        ]
        let uses = [RollupSpan.hour, .day].map { span in
            let from = span == .hour ? hour : 0
            let bucket = "ts / \(span.milliseconds)"
            return Comparison(
                name: "cert_use by \(span)",
                stored: "SELECT * FROM cert_use WHERE span = \(span.rawValue) AND bucket >= \(from)",
                recount: """
                    SELECT \(span.rawValue), \(bucket), cert, \(sums), max(ts), max(id) \(known)
                    AND \(bucket) >= \(from) GROUP BY 2, 3
                    """
            )
        }
        return fixed + uses + RollupSpan.allCases.map { rolls($0, upTo: upTo) }
    }

    private static func rolls(_ span: RollupSpan, upTo: Int64) -> Comparison {
        Comparison(
            name: "roll by \(span)",
            stored: "SELECT * FROM roll WHERE span = \(span.rawValue)",
            recount: """
                SELECT \(span.rawValue), ts / \(span.milliseconds), ifnull(service, 0), verdict, count(*), max(event.id)
                FROM event JOIN context ON context.id = event.context WHERE event.id <= \(upTo) GROUP BY 2, 3, 4
                """
        )
    }

    private static func areEqual(_ db: Database, _ left: String, _ right: String) throws -> Bool {
        let sql = """
            SELECT (SELECT count(*) FROM (SELECT * FROM (\(left)) EXCEPT SELECT * FROM (\(right))))
            + (SELECT count(*) FROM (SELECT * FROM (\(right)) EXCEPT SELECT * FROM (\(left))))
            """
        return try Int64.fetchOne(db, sql: sql) == 0
    }
}
