import GRDB

/// How far a followed file is read: which file it was, and the end of the last line that is stored.
///
/// It is committed with the events it stands for, so that a line is stored exactly once whatever ends the process.
package struct FollowedPosition: Hashable, Sendable {
    /// The file's device.
    package var device: UInt64
    /// The file's inode.
    package var inode: UInt64
    /// The offset behind the last line that is stored.
    package var offset: Int64
    /// How many bytes of the file's beginning ``headHash`` is of; 0 when nothing is known of them.
    package var headLength: Int
    /// A hash of the beginning: it tells a file from another that got its inode, and finds its copy.
    package var headHash: UInt64

    /// A position from its parts.
    package init(device: UInt64, inode: UInt64, offset: Int64, headLength: Int, headHash: UInt64) {
        self.device = device
        self.inode = inode
        self.offset = offset
        self.headLength = headLength
        self.headHash = headHash
    }

    /// Reads the stored form; nil when it is none.
    init?(text: String) {
        let parts = text.split(separator: " ")
        guard parts.count == 5, let device = UInt64(parts[0]), let inode = UInt64(parts[1]),
            let offset = Int64(parts[2]), offset >= 0, let length = Int(parts[3]), length >= 0,
            let hash = UInt64(parts[4], radix: 16)
        else { return nil }
        self.init(device: device, inode: inode, offset: offset, headLength: length, headHash: hash)
    }

    /// The stored form.
    var text: String { "\(device) \(inode) \(offset) \(headLength) \(String(headHash, radix: 16))" }

    /// The key in `meta`.
    static func key(of path: String) -> String { "followed:" + path }
}

extension AuditWriter {
    /// How far a file was read when it was last committed; nil when it was never followed.
    package func position(of path: String) throws(StoreError) -> FollowedPosition? {
        // What is noted and not yet durable goes before: a file may be given up and taken again within a run.
        if let noted = batch.positions[path] ?? taken?.batch.positions[path] { return noted }
        let key = FollowedPosition.key(of: path)
        return try connection.perform { db in
            try String.fetchOne(db, sql: "SELECT value FROM meta WHERE key = ?", arguments: [key])
        }.flatMap(FollowedPosition.init(text:))
    }

    /// Notes how far a file is read; it becomes durable with the batch at hand.
    package func setPosition(_ position: FollowedPosition, of path: String) {
        batch.positions[path] = position
    }
}
