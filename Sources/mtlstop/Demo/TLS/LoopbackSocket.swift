import Glibc

/// A TCP socket on this machine's loopback network (127.0.0.0/8); it is closed when its owner lets go of it.
///
/// A call that waits for the other end gives up after `timeoutSeconds`.
final class LoopbackSocket: Sendable {
    let descriptor: Int32

    /// Longer than any handshake on a busy machine, short enough that a silent peer holds nobody up for long.
    static let timeoutSeconds = 5

    private init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// Listens on a free port of 127.0.0.1.
    static func listening() throws -> LoopbackSocket {
        let socket = try open()
        try socket.bind(toHost: 1)
        if listen(socket.descriptor, 128) != 0 { throw failure("listen on the loopback network") }
        return socket
    }

    /// Connects from a chosen address, whose last number is `host`, to a port of this machine.
    static func connected(fromHost host: UInt8, toPort port: UInt16) throws -> LoopbackSocket {
        let socket = try open()
        try socket.limitWaiting()
        try socket.bind(toHost: host)
        var address = Self.address(host: 1, port: port)
        let result = withSocketAddress(&address) { connect(socket.descriptor, $0, $1) }
        if result != 0 { throw failure("connect to the demonstration's server") }
        return socket
    }

    /// The next client, or nil when this socket was shut down.
    func accepted() throws -> (socket: LoopbackSocket, peer: LoopbackAddress)? {
        while true {
            var address = sockaddr_in()
            var length = socklen_t(MemoryLayout<sockaddr_in>.size)
            let client = Self.withSocketAddress(&address) { pointer, _ in
                accept(descriptor, pointer, &length)
            }
            if client >= 0 {
                _ = fcntl(client, F_SETFD, FD_CLOEXEC)
                let socket = LoopbackSocket(descriptor: client)
                try socket.limitWaiting()
                return (socket, LoopbackAddress(address))
            }
            if errno == EINVAL { return nil }
            if errno != EINTR && errno != ECONNABORTED { throw Self.failure("accept a client") }
        }
    }

    /// Wakes whoever waits in `accepted`.
    func shutDown() {
        shutdown(descriptor, Int32(SHUT_RDWR))
    }

    /// This end's address.
    var localAddress: LoopbackAddress {
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        _ = Self.withSocketAddress(&address) { pointer, _ in getsockname(descriptor, pointer, &length) }
        return LoopbackAddress(address)
    }

    private static func open() throws -> LoopbackSocket {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        if descriptor < 0 { throw failure("open a socket") }
        return LoopbackSocket(descriptor: descriptor)
    }

    private func bind(toHost host: UInt8) throws {
        var address = Self.address(host: host, port: 0)
        let result = Self.withSocketAddress(&address) { Glibc.bind(descriptor, $0, $1) }
        if result != 0 { throw Self.failure("use the address 127.0.0.\(host)") }
    }

    private func limitWaiting() throws {
        var limit = timeval(tv_sec: Self.timeoutSeconds, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] where setsockopt(descriptor, SOL_SOCKET, option, &limit, size) != 0 {
            throw Self.failure("limit a socket's waiting")
        }
    }

    private static func address(host: UInt8, port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = (UInt32(127) << 24 | UInt32(host)).bigEndian
        return address
    }

    private static func withSocketAddress<Result>(
        _ address: inout sockaddr_in,
        _ body: (UnsafeMutablePointer<sockaddr>, socklen_t) -> Result
    ) -> Result {
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }

    private static func failure(_ step: String) -> TLSFailure {
        TLSFailure(step: step, cause: String(cString: strerror(errno)))
    }
}

/// An IPv4 address and a port.
struct LoopbackAddress: Hashable, Sendable {
    let ip: String
    let port: UInt16

    init(_ address: sockaddr_in) {
        let number = UInt32(bigEndian: address.sin_addr.s_addr)
        ip = [24, 16, 8, 0].map { String(number >> $0 & 0xFF) }.joined(separator: ".")
        port = UInt16(bigEndian: address.sin_port)
    }
}
