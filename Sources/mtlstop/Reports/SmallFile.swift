import Glibc

/// Reads files of a bounded size.
enum SmallFile {
    /// The whole of a file.
    ///
    /// - Throws: exit code 66 when there is none, 77 when it may not be read, 65 when it is larger than `limit`.
    static func read(_ path: String, atMost limit: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        try chunks(of: path) { chunk in
            guard bytes.count + chunk.count <= limit else {
                throw Failure(.badInputData, what: path, why: "the file is larger than \(limit) bytes")
            }
            bytes.append(contentsOf: chunk)
        }
        return bytes
    }

    /// Hands a file over piece by piece; a directory, device or pipe is refused.
    static func chunks(of path: String, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw failure(path, errno) }
        defer { close(descriptor) }
        var information = stat()
        guard fstat(descriptor, &information) == 0 else { throw failure(path, errno) }
        guard information.st_mode & S_IFMT == S_IFREG else {
            throw Failure(.badInputData, what: path, why: "this is no ordinary file")
        }
        var chunk = [UInt8](repeating: 0, count: 256 << 10)
        while true {
            let count = chunk.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure(path, errno) }
            if count == 0 { return }
            try chunk.withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
        }
    }

    private static func failure(_ path: String, _ code: Int32) -> Failure {
        let why = String(cString: strerror(code))
        switch code {
        case ENOENT, ENOTDIR: return Failure(.inputNotFound, what: path, why: why)
        case EACCES, EPERM: return Failure(.notPermitted, what: path, why: why)
        default: return Failure(.ioError, what: path, why: why)
        }
    }
}
