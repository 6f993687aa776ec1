import Glibc
import SafeText

/// Reads the files that a value is made from, and remembers which they were.
///
/// Only ordinary files are read: a pipe could keep its reader waiting for ever.
public struct SourceFiles: Sendable {
    private struct Entry {
        let identity: FileIdentity?
        let digest: Fingerprint?
        let isSettled: Bool
    }

    private var entries: [String: Entry] = [:]

    /// No files yet.
    public init() {}

    /// The paths of the files, in their order.
    public var paths: [String] { entries.keys.sorted() }

    /// Reads a whole file.
    ///
    /// A file that changes while it is read is read again; one that goes on changing is a problem.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - limit: The most bytes it may have.
    public mutating func read(_ path: String, limit: Int) throws(FileProblem) -> [UInt8] {
        entries[path] = Entry(identity: FileIdentity(path: path), digest: nil, isSettled: true)
        for _ in 0..<3 {
            let before = FileIdentity.now
            let (bytes, identity) = try Self.contents(path, limit: limit)
            guard let identity else { continue }
            entries[path] = Entry(
                identity: identity,
                digest: .sha256(of: bytes),
                isSettled: identity.isSettled(at: before)
            )
            return bytes
        }
        throw FileProblem(.unreadable, path: path, "the file changes while it is read")
    }

    /// Whether any of the files may have another content now; asks the file system only.
    var mayHaveChanged: Bool {
        entries.contains { path, entry in
            let identity = FileIdentity(path: path)
            if identity != entry.identity { return true }
            guard !entry.isSettled, let identity else { return false }
            return identity.isSettled(at: FileIdentity.now)
        }
    }

    /// Whether the other files are the same ones with the same content.
    func hasSameContent(as other: SourceFiles) -> Bool {
        entries.mapValues(\.digest) == other.entries.mapValues(\.digest)
    }

    /// The content; without an identity when the file changed meanwhile.
    private static func contents(_ path: String, limit: Int) throws(FileProblem) -> ([UInt8], FileIdentity?) {
        // A pipe without a writer must not keep the caller waiting before it is found out.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw problem(path, errno) }
        defer { close(descriptor) }
        let before = try status(descriptor, path)
        guard before.st_mode & S_IFMT == S_IFREG else {
            throw FileProblem(.unreadable, path: path, "it is no ordinary file")
        }
        let bytes = try readAll(descriptor, path, limit: limit)
        let after = try status(descriptor, path)
        let isStill = FileIdentity(before) == FileIdentity(after) && bytes.count == Int(after.st_size)
        return (bytes, isStill ? FileIdentity(after) : nil)
    }

    private static func readAll(_ descriptor: Int32, _ path: String, limit: Int) throws(FileProblem) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count == 0 { return bytes }
            if count < 0 {
                if errno == EINTR { continue }
                throw problem(path, errno)
            }
            bytes += chunk[..<count]
            guard bytes.count <= limit else {
                throw FileProblem(.tooLarge, path: path, "it has more than \(limit) bytes")
            }
        }
    }

    private static func status(_ descriptor: Int32, _ path: String) throws(FileProblem) -> stat {
        var result = stat()
        guard fstat(descriptor, &result) == 0 else { throw problem(path, errno) }
        return result
    }

    private static func problem(_ path: String, _ code: Int32) -> FileProblem {
        let isMissing = code == ENOENT || code == ENOTDIR
        return FileProblem(isMissing ? .missing : .unreadable, path: path, SafeText(String(cString: strerror(code))))
    }
}
