import Glibc

/// A connection to a collector, never blocking: bytes that wait to be written, lines that came back.
final class CollectorConnection {
    private let socket: UnixSocket
    private var outgoing: [UInt8] = []
    private var written = 0
    private var incoming = LineAssembler()
    private var chunk = [UInt8](repeating: 0, count: 16 << 10)

    /// How many bytes are gathered for one write.
    static let writeSize = 256 << 10

    /// Connects; throws at once when nobody listens.
    init(to address: SocketAddress) throws(SocketError) {
        socket = try UnixSocket()
        try socket.connect(to: address)
        let flags = fcntl(socket.descriptor, F_GETFL)
        guard fcntl(socket.descriptor, F_SETFL, flags | O_NONBLOCK) == 0 else {
            throw SocketError(call: "fcntl", number: errno)
        }
    }

    /// The descriptor to wait for.
    var descriptor: Int32 { socket.descriptor }

    /// True when bytes wait to be written.
    var hasOutgoing: Bool { written < outgoing.count }

    /// Puts a line before everything that is yet to come.
    func enqueue(_ line: [UInt8]) {
        outgoing.append(contentsOf: line)
    }

    /// Writes what the socket takes; gathers from the pending events as room allows.
    func write(from pending: inout PendingEvents) throws(SocketError) {
        while true {
            if !hasOutgoing {
                outgoing.removeAll(keepingCapacity: true)
                written = 0
                pending.fill(&outgoing, upTo: Self.writeSize)
                if outgoing.isEmpty { return }
            }
            let count = outgoing.withUnsafeBytes { bytes in
                send(descriptor, bytes.baseAddress.map { $0 + written }, bytes.count - written, Self.noSignal)
            }
            if count >= 0 {
                written += count
            } else if errno == EAGAIN {
                return
            } else if errno != EINTR {
                throw SocketError(call: "send", number: errno)
            }
        }
    }

    /// Reads the lines that have come; nil at the end of the stream.
    func read() throws(SocketError) -> [CollectorAnswer]? {
        var answers: [CollectorAnswer] = []
        while true {
            let count = chunk.withUnsafeMutableBytes { recv(descriptor, $0.baseAddress, $0.count, 0) }
            if count > 0 {
                take(count, into: &answers)
            } else if count == 0 {
                return answers.isEmpty ? nil : answers
            } else if errno == EAGAIN {
                return answers
            } else if errno != EINTR {
                throw SocketError(call: "recv", number: errno)
            }
        }
    }

    private static let noSignal = Int32(MSG_NOSIGNAL)

    private func take(_ count: Int, into answers: inout [CollectorAnswer]) {
        chunk.withUnsafeBytes { bytes in
            incoming.feed(UnsafeRawBufferPointer(rebasing: bytes[..<count])) { piece in
                if case .line(let line) = piece { answers.append(CollectorAnswer(line: Array(line))) }
                return true
            }
        }
    }
}
