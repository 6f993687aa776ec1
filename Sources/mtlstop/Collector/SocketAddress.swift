import Glibc

/// The path of a Unix socket, known to fit into the kernel's structure.
struct SocketAddress: Sendable, Equatable {
    /// The longest path of a Unix socket on Linux, in bytes (`sun_path` has 108 with the closing zero).
    static let longestPath = 107

    /// The path.
    let path: String

    /// Accepts a path that fits; nil when it is empty, too long or holds a zero byte.
    init?(path: String) {
        guard !path.isEmpty, path.utf8.count <= Self.longestPath, !path.utf8.contains(0) else { return nil }
        self.path = path
    }

    /// The address that a socket is bound to; nil when it has none in the file system.
    init?(of descriptor: Int32) {
        var address = sockaddr_un()
        var size = socklen_t(MemoryLayout<sockaddr_un>.size)
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &size) }
        }
        guard result == 0 else { return nil }
        let path = withUnsafeBytes(of: &address.sun_path) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        self.init(path: path)
    }

    /// Lends the kernel's form of the address.
    func withKernelForm<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}
