import Glibc

/// A folder, made when missing (0700), and locked while something in it is replaced.
struct FolderLock: ~Copyable {
    private let descriptor: Int32

    /// Makes the folder that a file is to lie in, and takes its lock.
    ///
    /// A folder that cannot be opened is used without a lock: the bind decides then.
    init(folderOf path: String) throws {
        let folder = Self.folder(of: path)
        try Self.make(folder)
        descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        if descriptor >= 0 { while flock(descriptor, LOCK_EX) != 0 && errno == EINTR {} }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Lets the next one in.
    func unlock() {
        if descriptor >= 0 { flock(descriptor, LOCK_UN) }
    }

    private static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func make(_ folder: String) throws {
        if mkdir(folder, 0o700) == 0 || errno == EEXIST { return }
        if errno == ENOENT {
            try make(Self.folder(of: folder))
            if mkdir(folder, 0o700) == 0 || errno == EEXIST { return }
        }
        throw Failure.fromSystem(errno, what: folder, call: "mkdir")
    }
}
