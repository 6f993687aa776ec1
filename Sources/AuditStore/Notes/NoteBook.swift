package import CertCore
import GRDB
import Glibc

/// The notes, in a small database of their own: the audit database is never written for them.
///
/// The file is made with the first note and is readable by its owner alone. Calls block and open the file for their
/// length, so that several programs can share it.
package struct NoteBook: Sendable {
    /// The database file.
    package let path: String

    /// The most notes that are read: the newest.
    package static let limit = 10_000
    /// The most bytes of a note.
    package static let longest = 4096

    /// Names the file; nothing is opened.
    package init(path: String) {
        self.path = path
    }

    /// Every note, newest first; none while there is no file.
    ///
    /// - Throws: `notADatabase`, `newerSchema`, `notPermitted`, `corrupt` or `io`.
    package func notes() throws(StoreError) -> [Note] {
        guard access(path, F_OK) == 0 else { return [] }
        return try with { queue in
            try queue.read { db in
                let sql = "SELECT kind, key, scope, text, changed FROM note ORDER BY changed DESC LIMIT ?"
                return try Row.fetchAll(db, sql: sql, arguments: [Self.limit]).compactMap(Self.note)
            }
        }
    }

    /// Writes a note in place of the one that is there; an empty text takes it away.
    package func write(_ text: String, on subject: NoteSubject, now: Timestamp) throws(StoreError) {
        guard text.utf8.count <= Self.longest else {
            throw StoreError(.io, path: path, message: "a note holds at most \(Self.longest) bytes")
        }
        try with { queue in
            try queue.write { db in
                let key = [subject.kind, subject.key, subject.scope]
                try db.execute(
                    sql: "DELETE FROM note WHERE kind = ? AND key = ? AND scope = ?",
                    arguments: StatementArguments(key)
                )
                if text.isEmpty { return }
                try db.execute(
                    sql: "INSERT INTO note (kind, key, scope, text, changed) VALUES (?, ?, ?, ?, ?)",
                    arguments: StatementArguments(key) + [text, now.milliseconds]
                )
            }
        }
    }

    private func with<Answer>(_ body: (DatabaseQueue) throws -> Answer) throws(StoreError) -> Answer {
        do {
            makeFile()
            let queue = try DatabaseQueue(path: path, configuration: Self.configuration)
            try queue.write { db in try migrate(db) }
            return try body(queue)
        } catch {
            throw StoreError(error, path: path)
        }
    }

    /// Makes the folder (0700) and the file (0600) before SQLite would, with the user's umask.
    private func makeFile() {
        if let slash = path.lastIndex(of: "/") {
            var folder = ""
            for part in path[..<slash].split(separator: "/", omittingEmptySubsequences: false) {
                folder += folder.isEmpty && part.isEmpty ? "/" : part + "/"
                mkdir(folder, 0o700)
            }
        }
        let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        if file >= 0 { close(file) }
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.label = "mtlstop.notes"
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON")
        }
        return configuration
    }

    // MARK: Schema

    /// "mnot", so that another program's database is not taken for this one.
    private static let applicationID: Int64 = 0x6D6E_6F74
    /// What each version adds; a version that was released is never changed.
    private static let migrations = [
        """
        CREATE TABLE note (
            kind TEXT NOT NULL,
            key TEXT NOT NULL,
            scope TEXT NOT NULL,
            text TEXT NOT NULL,
            changed INTEGER NOT NULL,
            PRIMARY KEY (kind, key, scope)
        ) STRICT, WITHOUT ROWID
        """
    ]

    private func migrate(_ db: Database) throws {
        let application = try Int64.fetchOne(db, sql: "PRAGMA application_id") ?? 0
        let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        let tables = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
        guard application == Self.applicationID || (application == 0 && tables == 0) else {
            throw StoreError(.notADatabase, path: path, message: "this is no file of notes")
        }
        guard version <= Self.migrations.count else {
            throw StoreError(.newerSchema, path: path, message: "the notes were written by a newer release")
        }
        guard version < Self.migrations.count else { return }
        for sql in Self.migrations[version...] { try db.execute(sql: sql) }
        try db.execute(sql: "PRAGMA application_id = \(Self.applicationID)")
        try db.execute(sql: "PRAGMA user_version = \(Self.migrations.count)")
    }

    private static func note(_ row: Row) -> Note? {
        // A damaged row is skipped: a note decides nothing.
        guard let kind = String.fromDatabaseValue(row[0]), let key = String.fromDatabaseValue(row[1]),
            let scope = String.fromDatabaseValue(row[2]), let text = String.fromDatabaseValue(row[3]),
            let changed = Int64.fromDatabaseValue(row[4]),
            let subject = NoteSubject(kind: kind, key: key, scope: scope)
        else { return nil }
        return Note(subject: subject, text: text, changed: Timestamp(milliseconds: changed))
    }
}
