import Glibc

/// How large a database is and how much room is beside it, in bytes.
struct DatabaseSizes: Equatable {
    /// The database file.
    var file: Int64 = 0
    /// Its write-ahead log.
    var writeAheadLog: Int64 = 0
    /// What its file system has free for this user; nil when it cannot be asked.
    var free: UInt64?

    /// Looks at the files of a database; what is not there has no bytes.
    init(path: String) {
        file = FileFacts(path: path)?.size ?? 0
        writeAheadLog = FileFacts(path: path + "-wal")?.size ?? 0
        var status = statvfs()
        if statvfs(FileFacts.nearestFolder(of: path), &status) == 0 {
            free = UInt64(status.f_bavail) * UInt64(status.f_frsize)
        }
    }
}
