import AuditStore
import Glibc

/// Looks at the database file: whether it is there, ours, current, writable, and has room to grow.
struct DatabaseCheck {
    let path: String

    private static let name = "database"
    /// Less than this and a busy collector is about to stop; the ballast alone is a part of it.
    private static let scarceBytes: UInt64 = 256 << 20
    /// A WAL that has grown so large means that a reader holds a snapshot open and no checkpoint gets through.
    private static let largeWAL: Int64 = 256 << 20

    func findings() -> [Finding] {
        guard let facts = FileFacts(path: path) else { return [absent(), space()].compactMap { $0 } }
        guard facts.kind == .file else {
            return [.problem(Self.name, "\(path) is a \(facts.kind.rawValue)", mend: "give --db the path of a file")]
        }
        let identity = identity(facts)
        // The rights of a file that is not ours are not ours to judge.
        if identity.level == .problem { return [identity] }
        return [identity, permissions(facts), writeAheadLog(), space()].compactMap { $0 }
    }

    private func absent() -> Finding {
        let folder = FileFacts.nearestFolder(of: path)
        if access(folder, W_OK | X_OK) == 0 {
            return .ok(Self.name, "\(path) is not there yet; the collector makes it")
        }
        let text = "\(path) is not there, and \(folder) is not writable"
        return .problem(Self.name, text, mend: "choose a path with --db or MTLSTOP_DB, or run as the folder's owner")
    }

    private func identity(_ facts: FileFacts) -> Finding {
        if facts.size == 0 { return .ok(Self.name, "\(path) is empty; the collector will fill it") }
        guard let head = FileFacts.head(of: path, count: 100) else {
            return .problem(Self.name, "\(path) cannot be read", mend: "run as its owner or a member of its group")
        }
        guard let header = DatabaseHeader(head), header.applicationID == DatabaseIdentity.applicationID else {
            return .problem(Self.name, "\(path) is no mtlstop database", mend: "give --db another path")
        }
        if header.schemaVersion > DatabaseIdentity.schemaVersion {
            let text =
                "\(path) has schema \(header.schemaVersion), this program knows \(DatabaseIdentity.schemaVersion)"
            return .problem(Self.name, text, mend: "use the newer mtlstop that wrote it")
        }
        if header.schemaVersion < DatabaseIdentity.schemaVersion {
            return .ok(Self.name, "\(path) has the older schema \(header.schemaVersion); the collector brings it up")
        }
        return .ok(Self.name, "\(path): schema \(header.schemaVersion), \(facts.size) bytes")
    }

    private func permissions(_ facts: FileFacts) -> Finding? {
        if facts.mode & 0o006 != 0 {
            let text = "\(path) has mode \(facts.octalMode): everybody on this machine may read or change the evidence"
            return .warning(Self.name, text, mend: "chmod o-rwx the file")
        }
        let folder = FileFacts.folder(of: path)
        if access(path, W_OK) == 0, access(folder, W_OK | X_OK) != 0 {
            let text = "\(folder) is not writable, but SQLite keeps its log beside the database"
            return .problem(Self.name, text, mend: "give the collector's user the folder")
        }
        if access(path, W_OK) != 0 {
            return .ok(Self.name, "readable, not writable for this user: enough to watch, not to collect")
        }
        return nil
    }

    private func writeAheadLog() -> Finding? {
        guard let log = FileFacts(path: path + "-wal"), log.size > Self.largeWAL else { return nil }
        let text = "the write-ahead log has grown to \(log.size) bytes"
        return .warning(Self.name, text, mend: "end readers that have been open for long, so that it can be folded in")
    }

    private func space() -> Finding? {
        var status = statvfs()
        let folder = FileFacts.nearestFolder(of: path)
        guard statvfs(folder, &status) == 0 else { return nil }
        let free = UInt64(status.f_bavail) * UInt64(status.f_frsize)
        let text = "\(free >> 20) MiB free in \(folder)"
        if free >= Self.scarceBytes { return .ok("space", text) }
        return .problem("space", text, mend: "make room, or shorten the history with collect --retain")
    }
}
