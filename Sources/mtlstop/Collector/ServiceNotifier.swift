import Glibc

/// Tells the service manager how the collector is (the sd_notify protocol): a datagram to `$NOTIFY_SOCKET`.
struct ServiceNotifier: Sendable {
    private let path: String?

    /// Reads the environment; without the variable every message is a no-op.
    init(environment: Environment = .current()) {
        path = environment["NOTIFY_SOCKET"]
    }

    /// The sockets are bound and the database is open.
    func ready() {
        send("READY=1\nSTATUS=collecting\n")
    }

    /// The collector drains and ends.
    func stopping() {
        send("STOPPING=1\n")
    }

    /// A path that begins with `@` is an abstract address: its first byte is zero.
    private func send(_ message: String) {
        guard let path, path.utf8.count <= SocketAddress.longestPath else { return }
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        var name = Array(path.utf8)
        if name.first == UInt8(ascii: "@") { name[0] = 0 }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + name.count)
        let bytes = Array(message.utf8)
        _ = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                sendto(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL), $0, length)
            }
        }
    }
}
