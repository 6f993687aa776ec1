import Glibc

/// A connected, non-blocking Unix stream socket; closed with the value's life.
final class UnixStream {
    /// What became of a read or a write.
    enum Outcome: Equatable {
        case bytes(Int)
        case wouldBlock
        case closed
    }

    let descriptor: CInt

    private init(_ descriptor: CInt) {
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }

    /// A connection to the socket at `path`; nil when there is none now.
    static func connect(path: String) -> UnixStream? {
        let descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        let stream = UnixStream(descriptor)
        // Non-blocking from the start: with a full backlog a blocking connect would wait for ever.
        guard fcntl(descriptor, F_SETFL, O_NONBLOCK) == 0, stream.open(path) else { return nil }
        return stream
    }

    private func open(_ path: String) -> Bool {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        let fits = withUnsafeMutableBytes(of: &address.sun_path) { target in
            guard bytes.count < target.count else { return false }
            target.copyBytes(from: bytes)
            return true
        }
        guard fits else { return false }
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { Glibc.connect(descriptor, $0, size) }
        }
        return result == 0
    }

    /// Appends what has arrived to `buffer`, at most 64 KiB of it.
    func read(into buffer: inout [UInt8]) -> Outcome {
        let outcome = withUnsafeTemporaryAllocation(byteCount: 65536, alignment: 1) { space -> Outcome in
            let count = recv(descriptor, space.baseAddress, space.count, 0)
            guard count > 0 else { return count == 0 ? .closed : Self.failure() }
            buffer.append(contentsOf: space[..<count])
            return .bytes(count)
        }
        return outcome
    }

    /// Sends what the socket takes of `bytes` from `offset` on.
    func write(_ bytes: [UInt8], from offset: Int) -> Outcome {
        let count = bytes.withUnsafeBytes { buffer in
            send(
                descriptor,
                buffer.baseAddress?.advanced(by: offset),
                buffer.count - offset,
                CInt(MSG_NOSIGNAL)
            )
        }
        return count >= 0 ? .bytes(count) : Self.failure()
    }

    private static func failure() -> Outcome {
        errno == EAGAIN || errno == EINTR ? .wouldBlock : .closed
    }
}
