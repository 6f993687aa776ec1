import AuditEvents
package import CertCore
import Glibc
import SafeText

/// `<database>-holds`: the legal holds, one JSON object a line.
///
/// A file of its own, so that a hold can be made while a collector runs, which reads it before each removal.
package struct HoldFile: Sendable {
    private static let largest = 4 << 20

    /// The file.
    package let path: String

    /// The file that belongs to a database.
    package init(database: String) {
        path = database + "-holds"
    }

    /// The holds, in order of their numbers; none when there is no file.
    ///
    /// - Throws: When the file is there and is not wholly readable: then nothing may be removed.
    package func holds() throws(StoreError) -> [LegalHold] {
        guard access(path, F_OK) == 0 else {
            if errno == ENOENT { return [] }
            throw .system(errno, path: path, doing: "cannot read the legal holds")
        }
        guard let text = SmallFile.text(path, limit: Self.largest + 1), text.utf8.count <= Self.largest else {
            throw StoreError(.io, path: path, message: "cannot read the legal holds")
        }
        var holds: [LegalHold] = []
        for line in text.split(separator: "\n") {
            guard let value = try? JSONValue(parsing: String(line)), let hold = LegalHold(value) else {
                throw StoreError(
                    .corrupt,
                    path: path,
                    message: "a line is no legal hold; nothing is removed until it is"
                )
            }
            holds.append(hold)
        }
        return holds
    }

    /// Adds a hold and returns it with its number.
    package func add(
        since: Timestamp,
        until: Timestamp?,
        reason: String,
        now: Timestamp
    ) throws(StoreError) -> LegalHold {
        let lock = try FileLock(path + ".lock")
        defer { lock.release() }
        let holds = try holds()
        let id = (holds.map(\.id).max() ?? 0) + 1
        let hold = LegalHold(id: id, since: since, until: until, reason: reason, added: now)
        try write(holds + [hold])
        return hold
    }

    /// Lifts a hold; false when there is none with this number.
    package func remove(_ id: Int64) throws(StoreError) -> Bool {
        let lock = try FileLock(path + ".lock")
        defer { lock.release() }
        let holds = try holds()
        guard holds.contains(where: { $0.id == id }) else { return false }
        try write(holds.filter { $0.id != id })
        return true
    }

    private func write(_ holds: [LegalHold]) throws(StoreError) {
        var writer = JSONWriter(capacity: 1024)
        for hold in holds {
            hold.writeJSON(to: &writer)
            writer.newline()
        }
        try SmallFile.replace(path, with: writer.bytes)
    }
}

/// A lock that two commands which change one file take in turn.
private final class FileLock {
    private let descriptor: Int32

    init(_ path: String) throws(StoreError) {
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw .system(errno, path: path, doing: "cannot open the lock file") }
        while flock(descriptor, LOCK_EX) != 0 {
            guard errno == EINTR else { throw .system(errno, path: path, doing: "cannot lock the lock file") }
        }
    }

    deinit { close(descriptor) }

    func release() {
        flock(descriptor, LOCK_UN)
    }
}
