import Glibc
import Testing

/// A folder of a test, removed with all it holds when the test is done.
final class TestFolder: Sendable {
    let path: String

    init() throws {
        let template = try #require(strdup("/tmp/mtlstop-test-XXXXXX"))
        defer { free(template) }
        try #require(mkdtemp(template) != nil)
        path = String(cString: template)
    }

    deinit {
        Self.remove(path)
    }

    subscript(name: String) -> String { path + "/" + name }

    /// Writes a file, for input.
    func write(_ bytes: [UInt8], to name: String) throws -> String {
        let descriptor = open(self[name], O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        var start = 0
        while start < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress.map { $0 + start }, $0.count - start)
            }
            try #require(count > 0)
            start += count
        }
        return self[name]
    }

    /// The whole of a file; empty when there is none.
    func text(of name: String) -> String {
        let descriptor = open(self[name], O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return "" }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = chunk.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            if count <= 0 { return String(decoding: bytes, as: UTF8.self) }
            bytes.append(contentsOf: chunk[..<count])
        }
    }

    private static func remove(_ path: String) {
        if let folder = opendir(path) {
            while let entry = readdir(folder) {
                let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                    String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
                }
                if name == "." || name == ".." { continue }
                let child = path + "/" + name
                if entry.pointee.d_type == UInt8(DT_DIR) { remove(child) } else { unlink(child) }
            }
            closedir(folder)
        }
        rmdir(path)
    }
}
