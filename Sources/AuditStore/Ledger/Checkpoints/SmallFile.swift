import Glibc

/// Small files beside a database that are read and replaced whole.
enum SmallFile {
    /// The bytes of a file as text, no more than `limit` of them; nil when it cannot be read.
    static func text(_ path: String, limit: Int, fromEnd: Bool = false) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        let start = fromEnd ? max(0, Int(status.st_size) - limit) : 0
        var bytes = [UInt8](repeating: 0, count: min(limit, Int(status.st_size)))
        var filled = 0
        while filled < bytes.count {
            let count = bytes.withUnsafeMutableBytes { buffer in
                pread(descriptor, buffer.baseAddress.map { $0 + filled }, buffer.count - filled, start + filled)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            filled += count
        }
        return String(decoding: bytes[..<filled], as: UTF8.self)
    }

    /// Puts a new file in the place of one: durable when this returns, and never half written.
    static func replace(_ path: String, with bytes: [UInt8]) throws(StoreError) {
        let draft = path + ".new"
        unlink(draft)
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .system(errno, path: draft, doing: "cannot create the file") }
        let failure = writeAll(bytes, descriptor) ?? (fsync(descriptor) == 0 ? nil : errno)
        close(descriptor)
        if let failure {
            unlink(draft)
            throw .system(failure, path: draft, doing: "cannot write the file")
        }
        guard rename(draft, path) == 0 else {
            throw .system(errno, path: path, doing: "cannot put the file in place")
        }
        syncDirectory(of: path)
    }

    /// Appends to a file, which is made when it is not there; durable when this returns.
    static func append(_ bytes: [UInt8], to path: String) throws(StoreError) {
        let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw .system(errno, path: path, doing: "cannot open the file") }
        let failure = writeAll(bytes, descriptor) ?? (fsync(descriptor) == 0 ? nil : errno)
        close(descriptor)
        if let failure { throw .system(failure, path: path, doing: "cannot write the file") }
    }

    /// Makes an entry of a directory durable.
    static func syncDirectory(of path: String) {
        let directory = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
        let descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }

    private static func writeAll(_ bytes: [UInt8], _ descriptor: Int32) -> Int32? {
        var start = 0
        while start < bytes.count {
            let written = bytes.withUnsafeBytes { buffer in
                write(descriptor, buffer.baseAddress.map { $0 + start }, buffer.count - start)
            }
            if written < 0 {
                if errno == EINTR { continue }
                return errno
            }
            start += written
        }
        return nil
    }
}
