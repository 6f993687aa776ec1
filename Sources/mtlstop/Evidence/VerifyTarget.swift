import Glibc

/// What a file given to `verify` is, told by its first bytes.
enum VerifyTarget: Equatable {
    /// A database, or something else that only the store can judge.
    case database
    /// JSON: a report's manifest or a proof.
    case json([UInt8])

    /// The largest JSON file that is read: a proof has a few kilobytes, a manifest up to a few hundred.
    private static let largestJSON = 16 << 20

    /// Looks at a file; one that is not there is left to the store, which says so.
    static func of(_ path: String) throws -> VerifyTarget {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return .database }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return .database }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        while case let count = read(descriptor, &chunk, chunk.count), count > 0 {
            bytes += chunk[..<count]
            guard bytes.first(where: { !isSpace($0) }) == UInt8(ascii: "{") else { return .database }
            guard bytes.count <= largestJSON else {
                throw Failure(.badInputData, what: path, why: "too large for a proof or a manifest")
            }
        }
        return bytes.isEmpty ? .database : .json(bytes)
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0D).contains(byte)
    }
}
