import CSQLite
import GRDB
import GRDBSQLite

// A database is a file: somebody else may have made it, or changed its schema. These bounds hold on every connection.
extension Database {
    /// The longest text or blob that a connection handles, in bytes; what this program stores is far below it.
    private static let longestValue: Int32 = 64 << 20

    /// Keeps whatever a file's schema says from calling functions with side effects, from being written through SQL and
    /// from filling the memory with one value.
    func distrustFile() throws {
        try setDefensive(true)
        sqlite3_limit(sqliteConnection, SQLITE_LIMIT_LENGTH, Self.longestValue)
        try execute(sql: "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0")
    }

    /// Whether statements that damage a database on purpose are refused (`SQLITE_DBCONFIG_DEFENSIVE`).
    func setDefensive(_ isOn: Bool) throws {
        let code = csqlite_set_defensive(sqliteConnection, isOn ? 1 : 0)
        guard code == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
    }
}
