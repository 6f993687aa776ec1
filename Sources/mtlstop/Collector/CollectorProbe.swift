import CLinux
import Glibc

/// Finds out whether a collector listens on a socket, by connecting to it.
enum CollectorProbe {
    /// What was found at a path.
    enum Finding: Equatable {
        /// Nothing is there.
        case nothing
        /// A socket that nobody listens on: left behind by a collector that was killed.
        case stale
        /// A collector listens; its process, or nil when the kernel does not show it (another pid namespace).
        case live(pid: pid_t?)
        /// Something that is no socket.
        case somethingElse
        /// It could not be found out, with the `errno`.
        case unknown(Int32)
    }

    /// Looks at the path, and when a socket is there, knocks.
    static func look(at address: SocketAddress, _ kind: UnixSocket.Kind = .stream) -> Finding {
        var status = stat()
        guard lstat(address.path, &status) == 0 else {
            return errno == ENOENT || errno == ENOTDIR ? .nothing : .unknown(errno)
        }
        guard status.st_mode & S_IFMT == S_IFSOCK else { return .somethingElse }
        do {
            let socket = try UnixSocket(kind, nonBlocking: true)
            try socket.connect(to: address)
            return .live(pid: kind == .stream ? holder(of: socket) : nil)
        } catch {
            return finding(for: error)
        }
    }

    private static func finding(for error: SocketError) -> Finding {
        switch error.number {
        case ECONNREFUSED: .stale
        case ENOENT: .nothing
        // A socket of the other kind.
        case EPROTOTYPE: .somethingElse
        // The listener's queue is full: somebody is there.
        case EAGAIN: .live(pid: nil)
        default: .unknown(error.number)
        }
    }

    /// The kernel keeps with a listener the credentials of the process that called `listen`.
    private static func holder(of socket: borrowing UnixSocket) -> pid_t? {
        var credentials = CLinux_peer_credentials()
        guard CLinux_get_peer_credentials(socket.descriptor, &credentials) == 0, credentials.pid > 0 else { return nil }
        return credentials.pid
    }
}
