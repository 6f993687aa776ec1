import GRDBSQLite

/// The SQLite this process runs with.
package enum DatabaseLibrary {
    /// Its version, such as "3.40.1".
    package static var version: String { String(cString: sqlite3_libversion()) }
}
