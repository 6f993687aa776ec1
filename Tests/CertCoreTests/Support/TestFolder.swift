import Glibc
import Testing

/// A folder of a test, removed with its files when the test is done.
final class TestFolder: Sendable {
    let path: String

    init() throws {
        let template = try #require(strdup("/tmp/certcore-test-XXXXXX"))
        defer { free(template) }
        try #require(mkdtemp(template) != nil)
        path = String(cString: template)
    }

    deinit {
        if let folder = opendir(path) {
            while let entry = readdir(folder) {
                let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                    String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
                }
                if name != ".", name != ".." { unlink(self[name]) }
            }
            closedir(folder)
        }
        rmdir(path)
    }

    subscript(name: String) -> String { path + "/" + name }

    /// Writes a file beside the old one and puts it in its place, as careful programs do.
    @discardableResult
    func replace(_ name: String, with text: String) throws -> String {
        try write(text, to: name + ".new")
        try #require(rename(self[name + ".new"], self[name]) == 0)
        return self[name]
    }

    /// What is in a file.
    func text(_ name: String) throws -> String {
        let file = try #require(fopen(self[name], "r"))
        defer { fclose(file) }
        var bytes: [UInt8] = []
        while case let byte = fgetc(file), byte != EOF { bytes.append(UInt8(truncatingIfNeeded: byte)) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Writes a file where it is.
    @discardableResult
    func write(_ text: String, to name: String) throws -> String {
        let file = try #require(fopen(self[name], "w"))
        defer { fclose(file) }
        let bytes = Array(text.utf8)
        try #require(fwrite(bytes, 1, bytes.count, file) == bytes.count)
        return self[name]
    }
}
