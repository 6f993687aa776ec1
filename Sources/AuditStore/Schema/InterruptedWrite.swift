import GRDB
import Glibc

/// What a writer left that was killed while the database had a rollback journal: pages of an unfinished transaction in
/// the file, and the journal that undoes them.
///
/// SQLite undoes it for whoever may write; a read-only connection is refused with "attempt to write a readonly
/// database". This program's databases have a write-ahead log, which a read-only connection recovers by itself; a
/// journal is met after releases whose compaction left a database without one, and beside files that others changed.
enum InterruptedWrite {
    /// How long another process may take that is about to undo it, in tries of ``pause``.
    private static let tries = 250
    private static let pause: useconds_t = 20_000

    /// Whether a reader was refused since something must be undone first.
    static func explains(_ error: any Error) -> Bool {
        switch error {
        case let error as DatabaseError: error.resultCode == .SQLITE_READONLY
        case let error as StoreError: error.code == .readOnly
        default: false
        }
    }

    /// Undoes the unfinished transaction of an audit database; writes nothing else.
    ///
    /// It holds the writer's lock, so it never meets a collector. Whoever holds that lock undoes it at its start; that
    /// is waited for, five seconds at most.
    ///
    /// - Throws: ``StoreError/Code/readOnly`` where this user may not write, ``StoreError/Code/notADatabase`` for
    ///   another program's file, which is left alone.
    static func undo(path: String) throws(StoreError) {
        guard isOurs(path) else {
            throw StoreError(.notADatabase, path: path, message: "this is no audit database")
        }
        do {
            guard let lock = try lock(path) else { return }
            defer { lock.release() }
            let queue = try DatabaseQueue(path: path, configuration: ConnectionSettings.writer)
            _ = try queue.inDatabase { db in try Int64.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") }
            try queue.close()
        } catch {
            let why = StoreError(error, path: path)
            guard why.code == .notPermitted || why.code == .readOnly else { throw why }
            let message = "its last writer was killed half-way, and undoing that needs the right to write here"
            throw StoreError(.readOnly, path: path, message: message, cause: why.cause)
        }
    }

    /// The writer's lock; nil when another process has it and has seen to the file.
    private static func lock(_ path: String) throws(StoreError) -> WriterLock? {
        for _ in 0..<tries {
            do throws(StoreError) {
                return try WriterLock(database: path)
            } catch {
                guard error.code == .heldByAnother else { throw error }
                // A collector keeps the lock, and has undone it as soon as it began.
                if access(path + "-journal", F_OK) != 0 { return nil }
                usleep(pause)
            }
        }
        throw StoreError(.heldByAnother, path: path, message: "another process is about to write this database")
    }

    /// Looks at the file's mark as it stands, journal or not: it never changes.
    private static func isOurs(_ path: String) -> Bool {
        var configuration = Configuration()
        configuration.readonly = true
        guard let queue = try? DatabaseQueue(path: DatabaseName.immutable(path), configuration: configuration) else {
            return false
        }
        let mark = try? queue.read { db in try Int64.fetchOne(db, sql: "PRAGMA application_id") }
        return mark == DatabaseIdentity.applicationID
    }
}
