import AuditStore
import Glibc

/// An open log file and how far it is read; it closes the descriptor.
final class LogFile {
    /// How much of the beginning identifies a file.
    private static let headSize = 1024

    let descriptor: Int32
    let device: UInt64
    let inode: UInt64
    /// Up to here it is read.
    private(set) var offset: Int64
    private(set) var headLength: Int
    private(set) var headHash: UInt64

    /// Opens a file at its beginning.
    ///
    /// - Throws: ``SocketError`` with the `errno`; `EINVAL` when it is no regular file.
    init(path: String) throws(SocketError) {
        let opened = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard opened >= 0 else { throw SocketError(call: "open", number: errno) }
        var status = stat()
        guard fstat(opened, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(opened)
            throw SocketError(call: "open", number: EINVAL)
        }
        descriptor = opened
        (device, inode) = (UInt64(status.st_dev), UInt64(status.st_ino))
        (offset, headLength, headHash) = (0, 0, 0)
    }

    deinit {
        close(descriptor)
    }

    /// The position that reading has reached.
    var position: FollowedPosition {
        FollowedPosition(device: device, inode: inode, offset: offset, headLength: headLength, headHash: headHash)
    }

    /// The size now; 0 when it cannot be told.
    var size: Int64 {
        var status = stat()
        return fstat(descriptor, &status) == 0 ? Int64(status.st_size) : 0
    }

    /// When it was last written to, in nanoseconds since 1970; 0 when that cannot be told.
    var written: Int64 {
        var status = stat()
        return fstat(descriptor, &status) == 0 ? Self.written(status) : 0
    }

    /// The time of a file's last write in nanoseconds since 1970.
    static func written(_ status: stat) -> Int64 {
        Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)
    }

    /// Whether it is the very file of a position, still long enough and with the same beginning.
    func continues(_ position: FollowedPosition) -> Bool {
        device == position.device && inode == position.inode && holds(position)
    }

    /// Whether it has what a position was reached in: the same beginning and no less.
    func holds(_ position: FollowedPosition) -> Bool {
        size >= position.offset && hash(of: position.headLength) == position.headHash
    }

    /// Goes on from a position of this file or of the file it is a copy of.
    func resume(at position: FollowedPosition) {
        (offset, headLength, headHash) = (position.offset, position.headLength, position.headHash)
    }

    /// Whether the file was cut or written anew since it was read.
    var wasCut: Bool { size < offset || hash(of: headLength) != headHash }

    /// Begins anew with the same file.
    func restart() {
        (offset, headLength, headHash) = (0, 0, 0)
    }

    /// The next bytes, at most so many; none at the end of the file, and when it cannot be read.
    func read(atMost limit: Int) -> [UInt8] {
        let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
            count = max(0, pread(descriptor, buffer.baseAddress, limit, off_t(offset)))
        }
        offset += Int64(bytes.count)
        if headLength < Self.headSize, !bytes.isEmpty {
            let length = Int(min(Int64(Self.headSize), offset))
            if let hash = hash(of: length) { (headLength, headHash) = (length, hash) }
        }
        return bytes
    }

    /// FNV-1a over the first bytes; 0 for none; nil when there are not so many.
    private func hash(of length: Int) -> UInt64? {
        guard length > 0 else { return 0 }
        var head = [UInt8](repeating: 0, count: min(length, Self.headSize))
        let count = head.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
        guard count == length else { return nil }
        return head.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }
}
