import Glibc

/// How a database's write-ahead log looks from outside: a commit cannot leave it as it was.
///
/// One `stat` instead of a question to SQLite, for the many times nothing has happened.
struct LogGlance: Equatable, Sendable {
    private var size: Int64 = -1
    private var seconds: Int64 = 0
    private var nanoseconds: Int64 = 0

    /// Looks at the log of a database; a missing log looks like no other.
    init(database: String) {
        var status = stat()
        guard stat(database + "-wal", &status) == 0 else { return }
        size = Int64(status.st_size)
        seconds = Int64(status.st_mtim.tv_sec)
        nanoseconds = Int64(status.st_mtim.tv_nsec)
    }

    /// True when it was written so lately that a second write may bear the same time: file systems count in ticks.
    var isFresh: Bool {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        return abs(Int64(now.tv_sec) - seconds) <= 1
    }
}
