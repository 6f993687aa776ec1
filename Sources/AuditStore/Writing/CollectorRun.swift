import GRDB

/// Notes in the database from when until when this writer ran, so that a report can tell downtime from quiet.
///
/// Used by one thread at a time, as ``BatchStore`` is.
final class CollectorRun {
    /// How long a busy writer goes without a sign of life, in milliseconds: less would only write one page more often.
    private static let pulse: Int64 = 1000
    /// The same for an idle one, which writes nothing else: what a crash leaves unknown.
    static let idlePulse: Int64 = 60_000

    private let mark: PreparedStatement
    private let end: PreparedStatement
    private var alive: Int64

    /// Notes the start, at a time in Unix milliseconds.
    init(_ db: Database, now: Int64) throws {
        try db.execute(sql: "INSERT INTO collector_run(started, alive) VALUES (?, ?)", arguments: [now, now])
        let id = db.lastInsertedRowID
        mark = try PreparedStatement(db, "UPDATE collector_run SET alive = max(alive, ?) WHERE id = \(id)")
        end = try PreparedStatement(
            db,
            "UPDATE collector_run SET alive = max(alive, ?1), stopped = ?1 WHERE id = \(id)"
        )
        alive = now
    }

    /// Sessions that a crash left open ended when their writer last gave a sign of life.
    static func endSessions(_ db: Database, now: Int64) throws {
        try db.execute(
            sql: """
                UPDATE session SET ended =
                max(started, ifnull((SELECT alive FROM collector_run ORDER BY id DESC LIMIT 1), ?)) WHERE ended IS NULL
                """,
            arguments: [now]
        )
    }

    /// Whether a sign of life is due; a clock that was set back is no reason.
    func isDue(now: Int64, isIdle: Bool) -> Bool { now - alive >= (isIdle ? Self.idlePulse : Self.pulse) }

    /// Writes a sign of life; within a transaction, once it is durable, ``noted(now:)`` is called.
    func write(now: Int64) throws {
        mark.bind(1, now)
        try mark.run()
    }

    /// The sign of life is durable.
    func noted(now: Int64) { alive = max(alive, now) }

    /// Writes that the writer stops in order.
    func stop(now: Int64) throws {
        end.bind(1, now)
        try end.run()
    }
}
