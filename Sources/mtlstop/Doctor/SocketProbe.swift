import Glibc

/// Asks a Unix socket whether somebody accepts connections, or receives datagrams, on it.
enum SocketProbe: Equatable {
    /// The process that listens; 0 for a datagram socket, which does not tell.
    case listening(pid: Int32)
    case refused
    /// The error number.
    case failed(Int32)

    static func probe(_ path: String, type: __socket_type = SOCK_STREAM) -> SocketProbe {
        let descriptor = socket(
            AF_UNIX,
            Int32(type.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue),
            0
        )
        guard descriptor >= 0 else { return .failed(errno) }
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8.prefix($0.count - 1))) }
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        // A full queue of waiting connections (EAGAIN) has a listener behind it.
        if result != 0 && errno != EAGAIN { return errno == ECONNREFUSED ? .refused : .failed(errno) }
        if type == SOCK_DGRAM { return .listening(pid: 0) }
        // struct ucred is pid, uid, gid; Glibc's module shows it only with _GNU_SOURCE.
        var credentials: [Int32] = [0, -1, -1]
        var length = socklen_t(3 * MemoryLayout<Int32>.size)
        getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &credentials, &length)
        return .listening(pid: credentials[0])
    }
}
