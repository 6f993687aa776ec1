import GRDB
import Glibc

/// Opens the write connection of a database, making the file or bringing it to the current schema first.
///
/// A new database is built under another name and renamed when it is complete, so a reader finds either no file or a
/// whole one. The caller holds the writer lock.
enum DatabaseCreation {
    /// Opens the database at `path` for writing.
    static func openForWriting(path: String, now: Int64) throws(StoreError) -> DatabaseQueue {
        do {
            if !exists(path) { try create(path: path, now: now) }
            let queue = try DatabaseQueue(path: path, configuration: ConnectionSettings.writer)
            try queue.inDatabase { db in
                try SchemaCheck.requireWritable(db, path: path)
                try SchemaMigrator.migrate(db, path: path, now: now)
                try useWAL(db)
            }
            return queue
        } catch {
            throw StoreError(error, path: path)
        }
    }

    /// Makes the directories above the database, 0700 each, where they are missing.
    static func makeDirectories(for path: String) throws(StoreError) {
        guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return }
        let directory = String(path[..<slash])
        if exists(directory) { return }
        try makeDirectories(for: directory)
        guard mkdir(directory, 0o700) == 0 || errno == EEXIST else {
            throw StoreError.system(errno, path: directory, doing: "cannot create the directory")
        }
    }

    private static func create(path: String, now: Int64) throws {
        let draft = path + ".creating"
        for leftover in ["", "-wal", "-shm", "-journal"] { unlink(draft + leftover) }
        // mknod makes the file with its mode and without a descriptor: closing a descriptor of a database file
        // would drop the locks of every connection this process has on it.
        guard mknod(draft, S_IFREG | 0o600, 0) == 0 else {
            throw StoreError.system(errno, path: path, doing: "cannot create the database")
        }
        let queue = try DatabaseQueue(path: draft, configuration: ConnectionSettings.writer)
        try queue.inDatabase { db in
            try SchemaMigrator.migrate(db, path: path, now: now)
            try useWAL(db)
        }
        try queue.close()
        guard rename(draft, path) == 0 else {
            throw StoreError.system(errno, path: path, doing: "cannot put the database in place")
        }
        syncDirectory(of: path)
    }

    private static func useWAL(_ db: Database) throws {
        let mode = try String.fetchOne(db, sql: "PRAGMA journal_mode = WAL")
        guard mode == "wal" else {
            throw DatabaseError(message: "the file system cannot hold a write-ahead log (mode \(mode ?? "unknown"))")
        }
    }

    private static func exists(_ path: String) -> Bool {
        access(path, F_OK) == 0
    }

    /// Makes the renamed directory entry durable.
    private static func syncDirectory(of path: String) {
        let directory = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
        let descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }
}
