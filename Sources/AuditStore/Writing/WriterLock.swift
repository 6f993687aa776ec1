import Glibc

/// The lock that makes one process the writer of a database: an flock on `<database>.lock`, with the pid inside.
///
/// The kernel releases it when the process ends, however it ends; the file stays, so that nobody locks an unlinked one.
final class WriterLock {
    // -1 once the lock is released.
    private var descriptor: Int32

    /// Takes the lock or says who has it.
    ///
    /// - Throws: ``StoreError/Code/heldByAnother`` with the pid, or why the lock file cannot be made.
    init(database path: String) throws(StoreError) {
        let lockPath = path + ".lock"
        let descriptor = open(lockPath, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else {
            throw StoreError.system(errno, path: lockPath, doing: "cannot open the lock file")
        }
        guard Self.lock(descriptor) else {
            let failure = errno
            let holder = failure == EWOULDBLOCK ? Self.holder(descriptor) : nil
            close(descriptor)
            guard failure == EWOULDBLOCK else {
                throw StoreError.system(failure, path: lockPath, doing: "cannot lock the lock file")
            }
            let who = holder.map { "process \($0)" } ?? "another process"
            throw StoreError(.heldByAnother, path: path, message: "\(who) writes this database")
        }
        self.descriptor = descriptor
        let text = Array("\(getpid())\n".utf8)
        // The pid only informs; a lock without it still locks.
        _ = ftruncate(descriptor, 0)
        _ = pwrite(descriptor, text, text.count, 0)
    }

    deinit {
        release()
    }

    /// Lets another process write.
    func release() {
        guard descriptor >= 0 else { return }
        _ = ftruncate(descriptor, 0)
        close(descriptor)
        descriptor = -1
    }

    private static func lock(_ descriptor: Int32) -> Bool {
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            if errno != EINTR { return false }
        }
        return true
    }

    /// The pid in a lock file, if it holds one.
    private static func holder(_ descriptor: Int32) -> Int32? {
        var bytes = [UInt8](repeating: 0, count: 16)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        guard count > 0 else { return nil }
        let digits = bytes[..<count].prefix { (0x30...0x39).contains($0) }
        return Int32(String(decoding: digits, as: UTF8.self))
    }
}

extension StoreError {
    /// A failed system call as a store error.
    static func system(_ number: Int32, path: String, doing: String) -> StoreError {
        let code: Code =
            switch number {
            case EACCES, EPERM, ELOOP: .notPermitted
            case EROFS: .readOnly
            case ENOSPC, EDQUOT: .diskFull
            case ENOENT, ENOTDIR: .notFound
            default: .io
            }
        return StoreError(code, path: path, message: doing, cause: String(cString: strerror(number)))
    }
}
