import Glibc

/// A folder for the run's files, on the disk that `TMPDIR` names.
struct ScratchFolder {
    let path: String

    init() throws {
        let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        path = parent + "/mtlstop-bench-\(getpid())"
        guard mkdir(path, 0o700) == 0 else { throw BenchmarkError("mkdir \(path)", errno) }
    }

    subscript(name: String) -> String { path + "/" + name }

    /// The size of a file; 0 when there is none.
    func size(of name: String) -> Int {
        var status = stat()
        return stat(self[name], &status) == 0 ? Int(status.st_size) : 0
    }

    /// The text of a small file; empty when there is none.
    func text(of name: String) -> String {
        guard let file = fopen(self[name], "r") else { return "" }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 64 << 10)
        let count = fread(&bytes, 1, bytes.count, file)
        return String(decoding: bytes.prefix(count), as: UTF8.self)
    }

    /// Removes the files of the run.
    func remove() {
        Self.remove(path)
    }

    private static func remove(_ path: String) {
        guard let folder = opendir(path) else { return }
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name == "." || name == ".." { continue }
            if entry.pointee.d_type == UInt8(DT_DIR) { remove(path + "/" + name) } else { unlink(path + "/" + name) }
        }
        closedir(folder)
        rmdir(path)
    }
}

/// A step of a benchmark failed.
struct BenchmarkError: Error, CustomStringConvertible {
    let description: String

    init(_ what: String, _ number: Int32? = nil) {
        description = number.map { "\(what): \(String(cString: strerror($0)))" } ?? what
    }
}
