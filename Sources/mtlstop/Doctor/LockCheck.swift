import Glibc

/// Looks at the lock file beside the database, which names the process that writes.
struct LockCheck {
    let databasePath: String
    /// The kernel's table of file locks; a parameter for the tests.
    var lockTable: @Sendable () -> String? = { FileFacts.text(of: "/proc/locks", limit: 4 << 20) }

    private static let name = "lock"

    func finding() -> Finding {
        let path = databasePath + ".lock"
        guard let facts = FileFacts(path: path) else { return .ok(Self.name, "nobody holds the database") }
        guard let holder = holder(of: facts.inode) else { return .ok(Self.name, "\(path) is free") }
        let program = FileFacts.text(of: "/proc/\(holder)/comm", limit: 64) ?? "another user's program"
        return .ok(Self.name, "process \(holder) (\(program)) writes the database")
    }

    /// The process with a write lock on an inode: a line is `1: FLOCK ADVISORY WRITE pid major:minor:inode 0 EOF`.
    func holder(of inode: UInt64) -> Int? {
        for line in (lockTable() ?? "").split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.count >= 6, words[3] == "WRITE", words[1] == "FLOCK" || words[1] == "POSIX" else { continue }
            if words[5].split(separator: ":").last.flatMap({ UInt64($0) }) == inode { return Int(words[4]) }
        }
        return nil
    }
}
