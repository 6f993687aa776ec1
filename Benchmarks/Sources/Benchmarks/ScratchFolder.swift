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

    /// Removes the files of the run.
    func remove() {
        guard let folder = opendir(path) else { return }
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != "." && name != ".." { unlink(self[name]) }
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
