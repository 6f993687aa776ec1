import Glibc

/// A directory of its own for a test's database, removed with everything in it at the end.
final class TemporaryDatabase {
    let directory: String
    /// Where the database goes; nothing is there yet.
    var path: String { directory + "/audit.db" }

    init() throws {
        var template = Array("/tmp/mtlstop-store-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw SystemError(number: errno) }
        directory = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        Self.remove(directory)
    }

    /// Copies the database as a process that died would leave it: the file and its write-ahead log, nothing flushed.
    ///
    /// - Parameter logBytes: How much of the log reached the disk; all of it when nil.
    func copyAsAfterCrash(logBytes: Int? = nil) throws -> TemporaryDatabase {
        let copy = try TemporaryDatabase()
        for suffix in ["", "-wal"] {
            guard var bytes = TestFile.bytes(path + suffix) else { continue }
            if suffix == "-wal", let logBytes { bytes.removeLast(max(0, bytes.count - logBytes)) }
            try TestFile.write(bytes, to: copy.path + suffix)
        }
        return copy
    }

    private static func remove(_ directory: String) {
        guard let handle = opendir(directory) else { return }
        while let entry = readdir(handle) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name == "." || name == ".." { continue }
            if unlink(directory + "/" + name) != 0 { remove(directory + "/" + name) }
        }
        closedir(handle)
        rmdir(directory)
    }
}

struct SystemError: Error {
    let number: Int32
}

/// Whole files, for tests.
///
/// Never used on a database that is open in this process.
enum TestFile {
    static func bytes(_ path: String) -> [UInt8]? {
        guard let file = fopen(path, "rb") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[..<count] }
        return bytes
    }

    static func write(_ bytes: [UInt8], to path: String) throws {
        guard let file = fopen(path, "wb") else { throw SystemError(number: errno) }
        defer { fclose(file) }
        guard fwrite(bytes, 1, bytes.count, file) == bytes.count else { throw SystemError(number: errno) }
    }

    /// The DER of a certificate of the shared corpus.
    static func certificate(_ name: String, _ file: StaticString = #filePath) throws -> [UInt8] {
        let parts = "\(file)".split(separator: "/", omittingEmptySubsequences: false)
        let root = parts.prefix { $0 != "Tests" }.joined(separator: "/")
        guard let bytes = bytes("\(root)/fixtures/certificates/\(name).der") else { throw SystemError(number: ENOENT) }
        return bytes
    }
}
