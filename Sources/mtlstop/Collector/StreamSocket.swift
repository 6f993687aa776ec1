import Glibc

/// Owns the descriptor of a Unix stream socket and closes it.
struct StreamSocket: ~Copyable {
    /// The descriptor; it stays this value's own.
    let descriptor: Int32

    /// Takes a new socket from the kernel, closed on exec.
    init(nonBlocking: Bool = false) throws(SocketError) {
        let kind = SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | (nonBlocking ? SOCK_NONBLOCK.rawValue : 0)
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
