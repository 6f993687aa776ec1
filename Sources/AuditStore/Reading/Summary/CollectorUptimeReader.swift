import CertCore
import GRDB

/// Reads the collector's runs.
struct CollectorUptimeReader {
    let db: Database
    let range: TallyRange

    /// The stretches between the runs, cut to the period; a clock that was set back makes none.
    private static let stretches = """
        SELECT max(down, ?1) AS since, min(up, ?2) AS until, planned FROM (
            SELECT ifnull(stopped, alive) AS down, lead(started) OVER (ORDER BY id) AS up,
                stopped IS NOT NULL AS planned
            FROM collector_run
        ) WHERE up > down AND down < ?2 AND up > ?1
        """

    /// What the runs tell; nil in a database of an older schema, or without any.
    func uptime() throws -> CollectorUptime? {
        guard try db.tableExists("collector_run") else { return nil }
        let runs = try Row.fetchOne(
            db,
            sql: """
                SELECT (SELECT min(started) FROM collector_run), alive, stopped
                FROM collector_run ORDER BY id DESC LIMIT 1
                """
        )
        guard let runs, let first = runs.integer(0), let alive = runs.integer(1) else { return nil }
        var result = CollectorUptime(
            recordedFrom: Timestamp(milliseconds: first),
            alive: Timestamp(milliseconds: alive),
            stopped: runs.integer(2).map { Timestamp(milliseconds: $0) }
        )
        try readSums(&result)
        try readStretches(&result)
        return result
    }

    private var period: StatementArguments { [range.since ?? .min, range.until ?? .max] }

    private func readSums(_ result: inout CollectorUptime) throws {
        let sql = "SELECT count(*), sum(NOT planned), sum(until - since) FROM (\(Self.stretches))"
        guard let sums = try Row.fetchOne(db, sql: sql, arguments: period) else { return }
        result.count = sums.integer(0) ?? 0
        result.unplanned = sums.integer(1) ?? 0
        result.length = sums.integer(2) ?? 0
    }

    private func readStretches(_ result: inout CollectorUptime) throws {
        let sql = Self.stretches + " ORDER BY until - since DESC, since LIMIT \(AuditCompleteness.mostStretches)"
        result.downtimes = try Row.fetchAll(db, sql: sql, arguments: period).map { row in
            CollectorUptime.Downtime(
                start: Timestamp(milliseconds: row.integer(0) ?? 0),
                end: Timestamp(milliseconds: row.integer(1) ?? 0),
                wasPlanned: row.integer(2) == 1
            )
        }
    }
}
