import Glibc

/// What the file system says about a path, without following a link at its end.
struct FileFacts: Sendable {
    enum Kind: String, Sendable {
        case file
        case directory
        case socket
        case link = "symbolic link"
        case other = "special file"
    }

    let kind: Kind
    /// Permission bits, 0o000 to 0o7777.
    let mode: UInt32
    let owner: UInt32
    let inode: UInt64
    /// Bytes.
    let size: Int64

    /// Nil when there is nothing at the path, or nothing that this user may see.
    init?(path: String) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        kind =
            switch status.st_mode & S_IFMT {
            case S_IFREG: .file
            case S_IFDIR: .directory
            case S_IFSOCK: .socket
            case S_IFLNK: .link
            default: .other
            }
        mode = UInt32(status.st_mode) & 0o7777
        owner = status.st_uid
        inode = UInt64(status.st_ino)
        size = Int64(status.st_size)
    }

    /// The permission bits as they are typed, such as "0660".
    var octalMode: String {
        let digits = String(mode, radix: 8)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    /// The folder a path lies in.
    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// The nearest folder above a path that exists.
    static func nearestFolder(of path: String) -> String {
        var candidate = folder(of: path)
        while FileFacts(path: candidate) == nil, candidate != "/", candidate != "." {
            candidate = folder(of: candidate)
        }
        return candidate
    }

    /// The first bytes of a file; nil when it cannot be opened.
    static func head(of path: String, count: Int) -> [UInt8]? {
        // A pipe in the file's place must not hold the reader up.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let added = bytes.withUnsafeMutableBytes { buffer in
                read(descriptor, buffer.baseAddress.map { $0 + filled }, count - filled)
            }
            if added <= 0 { break }
            filled += added
        }
        return Array(bytes.prefix(filled))
    }

    /// The text of a small file of the system, without the newline at its end.
    static func text(of path: String, limit: Int = 64 << 10) -> String? {
        head(of: path, count: limit).map { bytes in
            String(decoding: bytes.last == 0x0A ? bytes.dropLast() : bytes[...], as: UTF8.self)
        }
    }
}
