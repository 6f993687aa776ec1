import AuditEvents
import CertCore
import GRDB

extension AuditReader {
    /// The connections that reported events, the newest first.
    ///
    /// - Parameter limit: the most connections to return.
    public func reporters(limit: Int = 200) throws(StoreError) -> [ReporterRow] {
        try read { snapshot in
            let db = snapshot.db
            let assembler = EventAssembler(db)
            let newest = try NewestBySession(snapshot)
            let statement = try db.cachedStatement(
                sql: """
                    SELECT s.id, s.started, s.ended, s.events, s.bad_lines, ifnull(p.lost, 0), ifnull(p.repeated, 0)
                    FROM session s LEFT JOIN producer p ON p.id = s.producer ORDER BY s.id DESC LIMIT ?
                    """
            )
            return try Row.fetchAll(statement, arguments: [limit]).map { row in
                let last = newest.events[row[0]]
                return ReporterRow(
                    reporter: try assembler.reporter(row[0]),
                    started: Timestamp(milliseconds: row[1]),
                    ended: (row[2] as Int64?).map { Timestamp(milliseconds: $0) },
                    events: row[3],
                    rejected: last?.rejected ?? 0,
                    badLines: row[4],
                    lost: row.integer(5) ?? 0,
                    repeated: row.integer(6) ?? 0,
                    lastEvent: last?.row.time,
                    service: last?.row.service,
                    source: last?.row.source,
                    lag: last.map { $0.row.received - $0.row.time }
                )
            }
        }
    }
}

/// The newest event of each session among the newest events of the log, and the rejections counted there.
private struct NewestBySession {
    struct Newest {
        var row: EventRow
        var rejected: Int64 = 0
    }

    /// How many of the newest events are looked at: about 10 ms.
    static let sample = 5000

    private(set) var events: [Int64: Newest] = [:]

    init(_ snapshot: Snapshot) throws {
        guard let ids = try snapshot.db.eventIDs() else { return }
        let page = try EventPager(snapshot, query: EventQuery(limit: Self.sample)).page(ids)
        for row in page.rows {
            var newest = events[row.reporter.session] ?? Newest(row: row)
            if row.outcome == .rejected { newest.rejected += 1 }
            events[row.reporter.session] = newest
        }
    }
}
