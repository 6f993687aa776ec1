import Glibc

/// What a file system says about a file without reading it; a changed file has another identity.
///
/// A change within the clock tick of the former one may leave it the same: see ``isSettled(at:)``.
struct FileIdentity: Hashable, Sendable {
    private let device: UInt64
    private let inode: UInt64
    private let size: Int64
    private let modified: Int64
    private let changed: Int64

    /// How long after its last change a file's times are believed, in nanoseconds: many ticks of any kernel.
    private static let settlingTime: Int64 = 100_000_000

    /// The identity of what a path leads to; nil when there is nothing.
    init?(path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        self.init(status)
    }

    init(_ status: stat) {
        device = UInt64(status.st_dev)
        inode = UInt64(status.st_ino)
        size = Int64(status.st_size)
        modified = Self.nanoseconds(status.st_mtim)
        changed = Self.nanoseconds(status.st_ctim)
    }

    /// Whether a later change is sure to give another identity.
    func isSettled(at now: Int64) -> Bool {
        now - max(modified, changed) > Self.settlingTime
    }

    /// The clock that file systems stamp with, in nanoseconds.
    static var now: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return nanoseconds(time)
    }

    private static func nanoseconds(_ time: timespec) -> Int64 {
        let (seconds, overflow) = Int64(time.tv_sec).multipliedReportingOverflow(by: 1_000_000_000)
        return overflow ? .max : seconds &+ Int64(time.tv_nsec)
    }
}
