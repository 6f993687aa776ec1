import CertCore
import GRDB

extension AuditReader {
    /// The lines that could not be understood, the newest first.
    ///
    /// - Parameter limit: the most lines to return.
    public func badLines(limit: Int = 200) throws(StoreError) -> [BadLine] {
        try read { snapshot in
            let statement = try snapshot.db.cachedStatement(
                sql: """
                    SELECT id, time, session, line, seq, code, at, length, head FROM bad_line ORDER BY id DESC LIMIT ?
                    """
            )
            return try Row.fetchAll(statement, arguments: [limit]).map { row in
                BadLine(
                    id: row[0],
                    time: Timestamp(milliseconds: row[1]),
                    session: row[2],
                    line: row[3],
                    sequence: row.integer(4),
                    code: row[5],
                    column: row[6],
                    length: row[7],
                    head: row.bytes(8) ?? []
                )
            }
        }
    }
}
