import CertCore
import GRDB

/// Finds out what the log holds and what it misses.
struct CompletenessReader {
    let snapshot: Snapshot
    let range: TallyRange

    private var db: Database { snapshot.db }
    private var since: Int64 { range.since ?? .min }
    private var until: Int64 { range.until ?? .max }

    /// All of it.
    func completeness() throws -> AuditCompleteness {
        var result = AuditCompleteness()
        try readEvents(&result)
        try readLosses(&result)
        result.badLines = try rows(
            "SELECT code, count(*) FROM bad_line WHERE time >= ? AND time < ? GROUP BY code ORDER BY 2 DESC, 1",
            [since, until]
        ).map { .init(name: $0.text(0) ?? "", count: $0.integer(1) ?? 0) }
        result.repeatedEvents = try number("SELECT CAST(total(repeated) AS INTEGER) FROM producer", []) ?? 0
        result.sessions =
            try number(
                "SELECT count(*) FROM session WHERE started < ? AND (ended IS NULL OR ended >= ?)",
                [until, since]
            ) ?? 0
        result.collector = try CollectorUptimeReader(db: db, range: range).uptime()
        result.disconnected = try disconnected(result.times)
        return result
    }

    private func rows(_ sql: String, _ arguments: [Int64]) throws -> [Row] {
        try Row.fetchAll(db.cachedStatement(sql: sql), arguments: StatementArguments(arguments))
    }

    private func number(_ sql: String, _ arguments: [Int64]) throws -> Int64? {
        try rows(sql, arguments).first?.integer(0)
    }

    private func readEvents(_ result: inout AuditCompleteness) throws {
        guard let ids = try db.eventIDs() else { return }
        result.ids = ids
        result.events = try number("SELECT count(*) FROM event", []) ?? 0
        result.missingIDs = ids.upperBound - ids.lowerBound + 1 - result.events
        if result.missingIDs > 0 { result.gaps = try gaps() }
        if let first = try number("SELECT min(ts_min) FROM segment", []),
            let last = try number("SELECT max(ts_max) FROM segment", []), first <= last
        {
            result.times =
                try Timestamp(
                    milliseconds: first.plausible("ts_min")
                )...Timestamp(
                    milliseconds: last.plausible("ts_max")
                )
        }
    }

    private func gaps() throws -> [ClosedRange<Int64>] {
        let sql = """
            SELECT previous + 1, id - 1 FROM (SELECT id, lag(id) OVER (ORDER BY id) AS previous FROM event)
            WHERE id > previous + 1 LIMIT \(AuditCompleteness.mostStretches)
            """
        return try rows(sql, []).compactMap { row in
            guard let first = row.integer(0), let last = row.integer(1), first <= last else { return nil }
            return first...last
        }
    }

    private func readLosses(_ result: inout AuditCompleteness) throws {
        let sums = try rows("SELECT count(*) FROM loss WHERE time >= ? AND time < ?", [since, until]).first
        result.lossNotices = sums?.integer(0) ?? 0
        result.lostEvents = try db.lostEvents(since: since, until: until)
        let sql = """
            SELECT l.time, l.kind, l.n, l.first_seq, l.last_seq, l.session, s.value
            FROM loss l LEFT JOIN producer p ON p.id = l.producer LEFT JOIN str s ON s.id = p.application
            WHERE l.time >= ? AND l.time < ? ORDER BY l.id LIMIT \(AuditCompleteness.mostLosses)
            """
        result.losses = try rows(sql, [since, until]).map { row in
            var loss = AuditCompleteness.Loss(
                time: Timestamp(milliseconds: row.integer(0) ?? 0),
                kind: row.text(1) ?? "",
                count: row.integer(2) ?? 0
            )
            if let first = row.integer(3), let last = row.integer(4), first <= last { loss.sequences = first...last }
            loss.session = row.integer(5)
            loss.application = row.text(6)
            return loss
        }
    }

    /// The parts of the period within the log's times in which no connection was open.
    private func disconnected(_ times: ClosedRange<Timestamp>?) throws -> [AuditCompleteness.Silence] {
        guard let times else { return [] }
        let start = max(since, times.lowerBound.milliseconds)
        let end = min(until, times.upperBound.milliseconds)
        guard start < end else { return [] }
        let sessions = try rows(
            "SELECT started, ended FROM session WHERE started < ? AND (ended IS NULL OR ended >= ?) ORDER BY started",
            [end, start]
        )
        var result: [AuditCompleteness.Silence] = []
        var covered = start
        for session in sessions {
            let started = try (session.integer(0) ?? start).plausible("session.started")
            if started > covered { result.append(Self.silence(covered, started)) }
            covered = max(covered, try (session.integer(1) ?? end).plausible("session.ended"))
        }
        if covered < end { result.append(Self.silence(covered, end)) }
        return result.sorted { ($0.length, $1.start) > ($1.length, $0.start) }
            .prefix(AuditCompleteness.mostStretches).map { $0 }
    }

    private static func silence(_ start: Int64, _ end: Int64) -> AuditCompleteness.Silence {
        .init(start: Timestamp(milliseconds: start), end: Timestamp(milliseconds: end))
    }
}
