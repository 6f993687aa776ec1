import GRDB
import GRDBSQLite

/// A call into SQLite that failed: the extended result code and SQLite's own words, without any stored value.
struct SQLiteFailure: Error {
    /// The extended result code.
    let code: Int32
    /// SQLite's words.
    let message: String

    /// The failure the connection of a statement reports last.
    init(code: Int32, statement: OpaquePointer) {
        self.code = code
        self.message = String(cString: sqlite3_errmsg(sqlite3_db_handle(statement)))
    }

    /// A failure that GRDB reported.
    init(_ error: DatabaseError) {
        self.code = error.extendedResultCode.rawValue
        self.message = error.message ?? String(cString: sqlite3_errstr(error.extendedResultCode.rawValue))
    }
}

extension StoreError {
    /// Any error of a database access as a store error.
    package init(_ error: any Error, path: String) {
        switch error {
        case let error as StoreError: self = error
        case let error as SQLiteFailure: self.init(failure: error, path: path)
        case let error as DatabaseError: self.init(failure: SQLiteFailure(error), path: path)
        case let error as UnexpectedValue:
            self.init(.corrupt, path: path, message: "the database is damaged", cause: "column \(error.column)")
        default: self.init(.io, path: path, message: "the database access failed", cause: "\(error)")
        }
    }

    private init(failure: SQLiteFailure, path: String) {
        let (code, message) = Self.meaning(of: failure.code)
        self.init(code, path: path, message: message, cause: failure.message)
    }

    /// What a result code means for the people who run the collector.
    private static func meaning(of extended: Int32) -> (Code, String) {
        switch extended & 0xff {
        case SQLITE_FULL: (.diskFull, "no room to write the database")
        case SQLITE_READONLY: (.readOnly, "the database is read-only")
        case SQLITE_PERM, SQLITE_AUTH: (.notPermitted, "not permitted to use the database")
        case SQLITE_CANTOPEN: (.notPermitted, "cannot open the database")
        case SQLITE_NOTADB: (.notADatabase, "this is no audit database")
        case SQLITE_CORRUPT: (.corrupt, "the database is damaged")
        case SQLITE_INTERRUPT: (.interrupted, "the query was stopped")
        case SQLITE_BUSY, SQLITE_LOCKED: (.heldByAnother, "another process holds the database")
        default: (.io, "the database access failed")
        }
    }
}
