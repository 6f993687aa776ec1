import GRDB

/// Where a database stands when its writer opens it, and the statements compiled for it.
struct StartingPoint {
    let lookups: Lookups
    let statements: WriteStatements
    let inserter: EventInserter
    let segments: SegmentTracker
    let rollups: Rollups
    let replay: RollupReplay
    let ledger: Ledger
    let retention: RetentionStatements
    let run: CollectorRun
    let lastPrune: Int64
    let lastContext: Int64
    let lastVerdict: Int64
    let lastCertificate: Int64
    let lastSession: Int64
    let lastProducer: Int64

    /// Reads the database; sessions that a crash left open end, and a run of the collector begins.
    init(_ db: Database, _ connection: WriteConnection, now: Int64) throws {
        func last(_ table: String) throws -> Int64 {
            try Int64.fetchOne(db, sql: "SELECT max(id) FROM \(table)") ?? 0
        }
        try CollectorRun.endSessions(db, now: now)
        run = try CollectorRun(db, now: now)
        lookups = try Lookups(connection, db)
        statements = try WriteStatements(db)
        inserter = try EventInserter(db)
        segments = try SegmentTracker(db)
        rollups = try Rollups(db, now: now)
        replay = try RollupReplay(connection, db)
        lastContext = try last("context")
        lastVerdict = try last("verdict")
        lastCertificate = try last("cert")
        // Ids are never given twice, not even when the last events were deleted.
        let counted = try Int64.fetchOne(
            db,
            sql: "SELECT first_id + events - 1 FROM segment ORDER BY first_id DESC LIMIT 1"
        )
        let nexts = [
            max(try last("event"), counted ?? 0), try last("str"), try last("ledger_entry"), try last("loss"),
            try last("bad_line"),
        ]
        retention = try RetentionStatements(db)
        lastPrune = try RetentionStatements.lastID(db)
        ledger = try Ledger(db, path: connection.path, nexts: nexts.map { $0 + 1 }, now: now)
        lastSession = try last("session")
        lastProducer = try last("producer")
    }
}
