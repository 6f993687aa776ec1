import CertCore
import GRDB
import Glibc

extension AuditReader {
    /// What the database holds in all.
    public func status() throws(StoreError) -> StoreStatus {
        let sizes = (Self.size(path), Self.size(path + "-wal"))
        return try read { snapshot in
            let db = snapshot.db
            let ids = try db.eventIDs()
            return StoreStatus(
                schemaVersion: Int(try db.number("PRAGMA user_version") ?? 0),
                events: try eventCount(db, ids),
                firstEventID: ids?.lowerBound,
                lastEventID: ids?.upperBound,
                oldest: try db.number(
                    "SELECT min(ts_min) FROM segment WHERE first_id >= (SELECT (min(id) >> 16) << 16 FROM event)"
                ).map { Timestamp(milliseconds: $0) },
                newest: try db.number("SELECT max(ts_max) FROM segment").map { Timestamp(milliseconds: $0) },
                certificates: Int(try db.number(Self.certificateCount) ?? 0),
                sessions: Int(try db.number("SELECT count(*) FROM session") ?? 0),
                producers: Int(try db.number("SELECT count(*) FROM producer") ?? 0),
                badLines: try db.number("SELECT count(*) FROM bad_line") ?? 0,
                lostEvents: try db.lostEvents(),
                fileBytes: sizes.0,
                walBytes: sizes.1,
                lastReceived: try db.number("SELECT ts + lag FROM event ORDER BY id DESC LIMIT 1").map {
                    Timestamp(milliseconds: $0)
                },
                derivedUpTo: try db.derivedUpTo()
            )
        }
    }

    /// Segments know how many events they were given, and records of removal how many are gone or about to go.
    private func eventCount(_ db: Database, _ ids: ClosedRange<Int64>?) throws -> Int64 {
        guard ids != nil else { return 0 }
        let stored = try db.number("SELECT sum(events) FROM segment") ?? 0
        guard try db.tableExists("prune") else { return stored }
        return stored - (try db.number("SELECT sum(events) FROM prune") ?? 0)
    }

    /// Two counts over indexes; asked for rows without `same_as`, SQLite would read every certificate.
    private static let certificateCount =
        "SELECT (SELECT count(*) FROM cert) - (SELECT count(*) FROM cert WHERE same_as IS NOT NULL)"

    private static func size(_ path: String) -> Int64 {
        var information = stat()
        return stat(path, &information) == 0 ? Int64(information.st_size) : 0
    }
}

extension Database {
    fileprivate func number(_ sql: String) throws -> Int64? {
        try Int64.fetchOne(cachedStatement(sql: sql))?.plausible("a number")
    }
}
