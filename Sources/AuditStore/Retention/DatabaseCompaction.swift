package import CertCore
import GRDB
import Glibc

/// Gives the room of removed events back: writes the database anew and puts it in the old one's place.
package struct DatabaseCompaction {
    /// Sizes of the file in bytes.
    package struct Result: Hashable, Sendable {
        /// Before.
        package var before: Int64
        /// After.
        package var after: Int64
    }

    private let path: String
    private var draft: String { path + ".compacting" }

    /// Prepares the compaction of a database.
    package init(path: String) {
        self.path = path
    }

    /// Compacts; needs as much free room as the compacted file takes.
    ///
    /// However it ends, the database is whole: the old file until the new one is complete and on the disk, then the
    /// new one. Readers that are open keep the old file until they are opened again.
    ///
    /// - Throws: `heldByAnother` while a collector runs.
    package func run(now: Timestamp) throws(StoreError) -> Result {
        guard access(path, F_OK) == 0 else {
            throw StoreError(.notFound, path: path, message: "there is no such database")
        }
        let lock = try WriterLock(database: path)
        defer { lock.release() }
        removeDraft()
        let before = Self.size(path)
        do {
            try copy(now: now.milliseconds)
            try Self.sync(draft)
            // The log is empty and the old file complete: a crash between these steps loses nothing.
            unlink(path + "-wal")
            unlink(path + "-shm")
            guard rename(draft, path) == 0 else {
                throw StoreError.system(errno, path: path, doing: "cannot put the compacted database in place")
            }
            SmallFile.syncDirectory(of: path)
        } catch {
            removeDraft()
            throw StoreError(error, path: path)
        }
        return Result(before: before, after: Self.size(path))
    }

    private func copy(now: Int64) throws {
        let queue = try DatabaseCreation.openForWriting(path: path, now: now)
        defer { try? queue.close() }
        // VACUUM INTO takes the mode of a file that is there.
        guard mknod(draft, S_IFREG | 0o600, 0) == 0 else {
            throw StoreError.system(errno, path: draft, doing: "cannot create the file")
        }
        try queue.inDatabase { db in
            try emptyLog(db)
            try db.execute(sql: "VACUUM INTO ?", arguments: [draft])
        }
        try check(against: queue)
    }

    /// An old log beside a new database would be played into it: it must be empty.
    private func emptyLog(_ db: Database) throws {
        let row = try Row.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
        guard row?.integer(0) == 0 else {
            throw StoreError(.heldByAnother, path: path, message: "a reader holds the database; close it and try again")
        }
    }

    /// The copy must be whole before it replaces anything.
    private func check(against original: DatabaseQueue) throws {
        let copy = try DatabaseQueue(path: draft, configuration: ConnectionSettings.writer)
        let sql = """
            SELECT (SELECT count(*) FROM event), (SELECT max(id) FROM event), (SELECT max(id) FROM str),
            (SELECT max(number) FROM ledger_segment), (SELECT count(*) FROM cert)
            """
        let sums = try [original, copy].map { queue in
            try queue.inDatabase { db in try Row.fetchOne(db, sql: sql).map { row in (0..<5).map { row.integer($0) } } }
        }
        // VACUUM INTO makes a file with a rollback journal. Were it put in place like that, the next writer would turn
        // it into one with a write-ahead log, and killed at that leave a journal that no reader may undo.
        let mode = try copy.inDatabase { db in try String.fetchOne(db, sql: "PRAGMA journal_mode = WAL") }
        let structure = try copy.inDatabase { db in try Row.fetchOne(db, sql: "PRAGMA quick_check(1)")?.text(0) }
        try copy.close()
        guard sums[0] == sums[1], structure == "ok", mode == "wal" else {
            throw StoreError(.io, path: draft, message: "the compacted copy is not the same; the database is unchanged")
        }
    }

    private func removeDraft() {
        for suffix in ["", "-journal", "-wal", "-shm"] { unlink(draft + suffix) }
    }

    private static func size(_ path: String) -> Int64 {
        var status = stat()
        return stat(path, &status) == 0 ? Int64(status.st_size) : 0
    }

    private static func sync(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw StoreError.system(errno, path: path, doing: "cannot open the file") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw StoreError.system(errno, path: path, doing: "cannot write the file") }
    }
}
