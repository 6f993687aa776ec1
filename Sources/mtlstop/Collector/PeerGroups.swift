import Glibc

/// The supplementary groups of whom connected, as the kernel recorded them at connect time (SO_PEERGROUPS).
enum PeerGroups {
    /// The most that Linux lets a process have.
    private static let most = 65_536

    /// The groups of the peer of a connected Unix stream socket; empty when the kernel does not tell.
    static func of(_ descriptor: Int32) -> [gid_t] {
        var groups = [gid_t](repeating: 0, count: 64)
        for _ in 0..<2 {
            var length = socklen_t(groups.count * MemoryLayout<gid_t>.stride)
            let result = getsockopt(descriptor, SOL_SOCKET, SO_PEERGROUPS, &groups, &length)
            let count = Int(length) / MemoryLayout<gid_t>.stride
            if result == 0 { return Array(groups.prefix(count)) }
            guard errno == ERANGE, count > groups.count, count <= most else { return [] }
            groups = [gid_t](repeating: 0, count: count)
        }
        return []
    }
}
