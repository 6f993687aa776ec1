import Glibc

/// Sockets that the service manager has opened for this process (the sd_listen_fds protocol).
///
/// They live on while the collector restarts, so that senders lose nothing meanwhile. What a socket is for is told by
/// its type; the names of `LISTEN_FDNAMES` serve messages only.
struct SocketActivation: Sendable, Equatable {
    /// A listening stream socket.
    var stream: Int32?
    /// A datagram socket.
    var datagram: Int32?

    /// No socket was handed over.
    static let none = SocketActivation()

    private static let first: Int32 = 3
    /// More than anybody means; the protocol names no limit.
    private static let most = 64

    /// Takes what the environment says; sockets that were meant for another process are left alone.
    ///
    /// - Throws: ``Failure`` when a descriptor is no such socket, or two are of one type.
    static func take(_ environment: Environment = .current(), process: pid_t = getpid()) throws -> SocketActivation {
        guard environment["LISTEN_PID"].flatMap({ pid_t($0) }) == process,
            let count = environment["LISTEN_FDS"].flatMap({ Int32($0) }), count > 0, count <= most
        else { return none }
        let names = (environment["LISTEN_FDNAMES"] ?? "").split(separator: ":", omittingEmptySubsequences: false)
        var activation = none
        for index in 0..<count {
            let name = Int(index) < names.count ? String(names[Int(index)]) : "descriptor \(first + index)"
            try activation.add(first + index, named: name)
        }
        return activation
    }

    private mutating func add(_ descriptor: Int32, named name: String) throws {
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
        guard Self.option(SO_DOMAIN, of: descriptor) == AF_UNIX else {
            throw Self.failure(name, "the service manager handed over something that is no Unix socket")
        }
        let type = Self.option(SO_TYPE, of: descriptor)
        if type == Int32(SOCK_STREAM.rawValue), stream == nil, Self.option(SO_ACCEPTCONN, of: descriptor) == 1 {
            stream = descriptor
        } else if type == Int32(SOCK_DGRAM.rawValue), datagram == nil {
            datagram = descriptor
        } else {
            throw Self.failure(name, "the service manager may hand over one listening stream and one datagram socket")
        }
    }

    private static func failure(_ name: String, _ why: String) -> Failure {
        Failure(.usage, what: name, why: why, remedy: "correct the .socket unit")
    }

    private static func option(_ name: Int32, of descriptor: Int32) -> Int32? {
        var value: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        return getsockopt(descriptor, SOL_SOCKET, name, &value, &size) == 0 ? value : nil
    }
}
