package import GRDB
import GRDBSQLite

/// Whether a file is an audit database that this release understands; nothing is written.
package enum SchemaCheck {
    /// What the header of a file says.
    package enum State: Hashable, Sendable {
        /// No table and no mark of any program: a database about to be made.
        case empty
        /// An audit database of a version this release can bring up to date, or is up to date.
        case version(Int64)
    }

    /// Reads the marks of the database.
    ///
    /// - Throws: ``StoreError/Code/notADatabase`` for other files, ``StoreError/Code/newerSchema`` for newer ones.
    package static func state(_ db: Database, path: String) throws(StoreError) -> State {
        do {
            let application = try Int64.fetchOne(db, sql: "PRAGMA application_id") ?? 0
            let version = try Int64.fetchOne(db, sql: "PRAGMA user_version") ?? 0
            let tables = try Int64.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
            if application == 0, version == 0, tables == 0 { return .empty }
            guard application == DatabaseIdentity.applicationID, version > 0 else {
                throw StoreError(.notADatabase, path: path, message: "this is no audit database")
            }
            guard version <= DatabaseIdentity.schemaVersion else {
                let message = "a newer release wrote this database (schema \(version), this release reads up to "
                throw StoreError(.newerSchema, path: path, message: message + "\(DatabaseIdentity.schemaVersion))")
            }
            // A view in a table's place can cost any time to read, and a trigger or a virtual table runs what it likes.
            let strange = "SELECT count(*) FROM sqlite_schema WHERE type IN ('view', 'trigger') OR sql LIKE '%VIRTUAL%'"
            guard try Int64.fetchOne(db, sql: strange) == 0 else {
                throw StoreError(.notADatabase, path: path, message: "its schema holds what this program never makes")
            }
            return .version(version)
        } catch {
            throw StoreError(error, path: path)
        }
    }

    /// Checks the marks and that the connection can write.
    static func requireWritable(_ db: Database, path: String) throws(StoreError) {
        _ = try state(db, path: path)
        guard sqlite3_db_readonly(db.sqliteConnection, "main") == 0 else {
            throw StoreError(.readOnly, path: path, message: "the database cannot be written")
        }
    }
}
