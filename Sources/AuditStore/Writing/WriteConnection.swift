import GRDB
import GRDBSQLite

/// The one connection that writes and checkpoints a database.
///
/// Used from the writer's thread only.
final class WriteConnection {
    /// The database file.
    let path: String

    private let queue: DatabaseQueue
    // SQLite writes here how many pages the WAL holds after a commit; freed when the connection is closed.
    private let walPages: UnsafeMutablePointer<Int32>

    /// Opens the database, making or migrating it first; the caller holds the writer lock.
    init(path: String, now: Int64) throws(StoreError) {
        self.path = path
        queue = try DatabaseCreation.openForWriting(path: path, now: now)
        walPages = .allocate(capacity: 1)
        walPages.initialize(to: 0)
        queue.inDatabase { [walPages] db in
            _ = sqlite3_wal_hook(
                db.sqliteConnection,
                { count, _, _, pages in
                    count?.assumingMemoryBound(to: Int32.self).pointee = pages
                    return SQLITE_OK
                },
                walPages
            )
        }
    }

    deinit {
        // Closing fails only while a statement is open; then SQLite keeps the connection and calls no hook any more.
        try? queue.close()
        walPages.deallocate()
    }

    /// Runs `body` with the connection.
    func perform<Result>(_ body: (Database) throws -> Result) throws(StoreError) -> Result {
        do {
            return try queue.inDatabase(body)
        } catch {
            throw StoreError(error, path: path)
        }
    }

    /// Runs `body` in one transaction that is durable when this returns; after an error nothing of it is stored.
    func transaction(_ body: (Database) throws -> Void) throws(StoreError) {
        try perform { db in
            try Self.execute(db, "BEGIN IMMEDIATE")
            do {
                try body(db)
                try Self.execute(db, "COMMIT")
            } catch {
                // A full disk has rolled the transaction back already.
                if sqlite3_get_autocommit(db.sqliteConnection) == 0 { try? Self.execute(db, "ROLLBACK") }
                throw error
            }
        }
    }

    /// Moves pages of the WAL into the database when it holds many; never waits for readers.
    ///
    /// A failure is no error: the pages stay in the WAL and the next call tries again.
    func checkpointIfLarge(idle: Bool) {
        let pages = walPages.pointee
        let wantsTruncate = pages >= ConnectionSettings.truncateCheckpointPages || (idle && pages >= 1_000)
        guard wantsTruncate || pages >= ConnectionSettings.passiveCheckpointPages else { return }
        checkpoint(wantsTruncate ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE)
    }

    /// Empties the WAL as far as readers allow.
    func emptyLog() {
        checkpoint(SQLITE_CHECKPOINT_TRUNCATE)
    }

    private func checkpoint(_ mode: Int32) {
        queue.inDatabase { db in
            // Waiting for a reader would hold up every producer.
            sqlite3_busy_timeout(db.sqliteConnection, 0)
            if sqlite3_wal_checkpoint_v2(db.sqliteConnection, "main", mode, nil, nil) == SQLITE_OK,
                mode == SQLITE_CHECKPOINT_TRUNCATE
            {
                walPages.pointee = 0
            }
            sqlite3_busy_timeout(db.sqliteConnection, 5_000)
        }
    }

    private static func execute(_ db: Database, _ sql: String) throws {
        let code = sqlite3_exec(db.sqliteConnection, sql, nil, nil, nil)
        guard code == SQLITE_OK else {
            throw DatabaseError(resultCode: ResultCode(rawValue: code), message: db.lastErrorMessage)
        }
    }
}
