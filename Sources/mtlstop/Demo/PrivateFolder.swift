import Glibc

/// A folder below the temporary one that only this user may enter (0700); `remove` takes it away with its files.
struct PrivateFolder: Sendable {
    let path: String

    /// Makes the folder under a name nobody could foresee.
    init(environment: Environment = .current()) throws {
        let pattern = (environment["TMPDIR"] ?? "/tmp") + "/mtlstop-XXXXXX"
        guard let copy = strdup(pattern) else { throw Self.failure(pattern) }
        defer { free(copy) }
        guard mkdtemp(copy) != nil else { throw Self.failure(pattern) }
        path = String(cString: copy)
    }

    /// Deletes the folder's files and then the folder; folders inside it stay, and it with them.
    func remove() {
        guard let directory = opendir(path) else { return }
        defer { closedir(directory) }
        while let entry = readdir(directory) {
            // `unlinkat` needs no path and follows no link at its end; "." and ".." are folders and stay.
            withUnsafePointer(to: &entry.pointee.d_name) { name in
                name.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: name.pointee)) {
                    _ = unlinkat(dirfd(directory), $0, 0)
                }
            }
        }
        rmdir(path)
    }

    private static func failure(_ pattern: String) -> Failure {
        let why = String(cString: strerror(errno))
        return Failure(.cannotCreateOutput, what: pattern, why: why, remedy: "set TMPDIR to a folder you may write to")
    }
}
