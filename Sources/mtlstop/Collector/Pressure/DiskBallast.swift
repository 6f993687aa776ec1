import Glibc

/// A file that takes up room beside the database, to be given back when the disk is full: then what has been read, and
/// the row that says why reading stopped, still find their place.
struct DiskBallast {
    /// The most it takes.
    static let largest = 64 << 20
    /// What a batch may need beside the ballast before reading goes on.
    private static let batchRoom = 1 << 20

    /// The file; nothing else may lie there.
    let path: String
    private let size: Int

    /// The ballast of a database: at most `limit` bytes, and at most 5 % of what is free now or taken by it already.
    init(database: String, limit: Int = largest) {
        path = database + "-ballast"
        let free = Self.freeBytes(at: path) ?? 0
        size = min(limit, (free + Self.allocated(path)) / 20)
    }

    /// Takes the room, as far as it is not taken already; false when there is not enough for the ballast and a batch.
    func place() -> Bool {
        if size <= 0 { return (Self.freeBytes(at: path) ?? 0) >= Self.batchRoom }
        let missing = max(0, size - Self.allocated(path))
        guard let free = Self.freeBytes(at: path), free >= missing + Self.batchRoom else { return false }
        let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        guard ftruncate(descriptor, off_t(size)) == 0, posix_fallocate(descriptor, 0, off_t(size)) == 0 else {
            unlink(path)
            return false
        }
        return true
    }

    /// Gives the room back.
    func drop() {
        unlink(path)
    }

    private static func freeBytes(at path: String) -> Int? {
        var facts = statvfs()
        guard statvfs(folder(of: path), &facts) == 0 else { return nil }
        let (bytes, overflow) = Int(clamping: facts.f_bavail).multipliedReportingOverflow(by: Int(facts.f_frsize))
        return overflow ? .max / 2 : bytes
    }

    private static func allocated(_ path: String) -> Int {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG ? Int(status.st_blocks) * 512 : 0
    }

    private static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}
