import Glibc

/// Owns the descriptor of a Unix socket and closes it.
struct UnixSocket: ~Copyable {
    /// What a socket carries.
    enum Kind: Sendable {
        /// Connections.
        case stream
        /// Single messages.
        case datagram

        /// The word for it.
        var name: String { self == .stream ? "stream" : "datagram" }
    }

    /// The descriptor; it stays this value's own.
    let descriptor: Int32

    /// Takes a new socket from the kernel, closed on exec.
    init(_ kind: Kind = .stream, nonBlocking: Bool = false) throws(SocketError) {
        let type = kind == .stream ? SOCK_STREAM.rawValue : SOCK_DGRAM.rawValue
        let kind = type | SOCK_CLOEXEC.rawValue | (nonBlocking ? SOCK_NONBLOCK.rawValue : 0)
        descriptor = socket(AF_UNIX, Int32(kind), 0)
        guard descriptor >= 0 else { throw SocketError(call: "socket", number: errno) }
    }

    deinit {
        close(descriptor)
    }

    /// Connects to a listener; fails with `ECONNREFUSED` when nobody listens there any more.
    func connect(to address: SocketAddress) throws(SocketError) {
        let result = address.withKernelForm { Glibc.connect(descriptor, $0, $1) }
        guard result == 0 else { throw SocketError(call: "connect", number: errno) }
    }

    /// Gives the descriptor to another owner.
    consuming func handOver() -> Int32 {
        let descriptor = descriptor
        discard self
        return descriptor
    }
}

/// A system call on a socket failed.
struct SocketError: Error {
    /// The call's name.
    var call: String
    /// The `errno` of the failure.
    var number: Int32

    /// The system's own words.
    var text: String { String(cString: strerror(number)) }
}
