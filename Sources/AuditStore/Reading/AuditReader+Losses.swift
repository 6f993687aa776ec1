import CertCore
import GRDB

extension AuditReader {
    /// What is known of lost events, the newest first.
    ///
    /// - Parameter limit: the most rows to return.
    public func losses(limit: Int = 200) throws(StoreError) -> [Loss] {
        try read { snapshot in
            let statement = try snapshot.db.cachedStatement(
                sql: "SELECT id, time, session, kind, n, since, detail FROM loss ORDER BY id DESC LIMIT ?"
            )
            return try Row.fetchAll(statement, arguments: [limit]).map { row in
                Loss(
                    id: row[0],
                    time: Timestamp(milliseconds: row[1]),
                    session: row[2],
                    kind: row[3],
                    count: row.integer(4) ?? 0,
                    since: row.integer(5).map { Timestamp(milliseconds: $0) },
                    detail: row[6]
                )
            }
        }
    }
}
