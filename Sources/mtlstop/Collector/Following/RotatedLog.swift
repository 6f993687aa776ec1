import AuditStore
import Glibc

/// Finds the files that a log was rotated to, beside it.
///
/// They have its name and behind it nothing but digits and what parts them (`access.log.1`, `access.log-20261123`), or the
/// same within its name (`access-2026-11-23T19-41-38.123.log`). A compressed one is not read.
struct RotatedLog {
    /// More entries of a folder are not looked at.
    private static let most = 10_000
    private static let compressions = [".gz", ".xz", ".zst", ".bz2"]

    /// The folder, with its slash.
    private let folder: String
    private let stem: String
    private let ending: String

    /// Looks beside this path.
    init(beside path: String) {
        let slash = path.lastIndex(of: "/")
        folder = slash.map { String(path[...$0]) } ?? "./"
        let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
        let dot = name.dropFirst().lastIndex(of: ".")
        stem = dot.map { String(name[..<$0]) } ?? name
        ending = dot.map { String(name[$0...]) } ?? ""
    }

    /// The file that a position was reached in, to be read on from there.
    ///
    /// The renamed file itself goes before a copy of it.
    func file(of position: FollowedPosition) -> LogFile? {
        var copy: LogFile?
        for name in names() where !Self.isCompressed(name) {
            guard let file = try? LogFile(path: folder + name), file.holds(position) else { continue }
            if file.continues(position) {
                file.resume(at: position)
                return file
            }
            // Without a beginning to compare any file would be a copy.
            if copy == nil, position.headLength > 0 { copy = file }
        }
        copy?.resume(at: position)
        return copy
    }

    /// What follows a file that is read to its end.
    enum Successor {
        /// The next of the rotated files.
        case file(LogFile)
        /// The next one was compressed before it was read.
        case compressed(String)
        /// None: the path itself is next.
        case none
    }

    /// The rotated file that was written to next after this one.
    func successor(of log: LogFile) -> Successor {
        var next: (name: String, written: Int64)?
        for name in names() {
            var status = stat()
            guard stat(folder + name, &status) == 0, UInt64(status.st_ino) != log.inode else { continue }
            let written = LogFile.written(status)
            if written > log.written, written < next?.written ?? .max { next = (name, written) }
        }
        guard let next else { return .none }
        if Self.isCompressed(next.name) { return .compressed(next.name) }
        return (try? LogFile(path: folder + next.name)).map { .file($0) } ?? .none
    }

    private static func isCompressed(_ name: String) -> Bool {
        compressions.contains { name.hasSuffix($0) }
    }

    private func names() -> [String] {
        guard let entries = opendir(folder) else { return [] }
        defer { closedir(entries) }
        var found: [String] = []
        for _ in 0..<Self.most {
            guard let entry = readdir(entries) else { break }
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if isRotated(name) { found.append(name) }
        }
        return found
    }

    private func isRotated(_ name: String) -> Bool {
        var rest = name[...]
        for compression in Self.compressions where rest.hasSuffix(compression) {
            rest = rest.dropLast(compression.count)
        }
        guard rest.hasPrefix(stem) else { return false }
        rest = rest.dropFirst(stem.count)
        if rest.hasPrefix(ending) {
            rest = rest.dropFirst(ending.count)
        } else if rest.hasSuffix(ending) {
            rest = rest.dropLast(ending.count)
        } else {
            return false
        }
        let isStamp = rest.unicodeScalars.allSatisfy {
            ("0"..."9").contains($0) || ".-_T:Z".unicodeScalars.contains($0)
        }
        return isStamp && rest.unicodeScalars.contains { ("0"..."9").contains($0) }
    }
}
