import AuditEvents
import Glibc
import Testing

@testable import mtlstop

/// A client of the intake socket, line by line, blocking with a deadline.
final class IntakeConnection {
    private let descriptor: Int32
    private var received: [UInt8] = []

    init(to path: String) throws {
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        try #require(descriptor >= 0)
        var patience = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        let address = try #require(SocketAddress(path: path))
        let result = address.withKernelForm { connect(descriptor, $0, $1) }
        try #require(result == 0, "connect \(path): \(String(cString: strerror(errno)))")
    }

    deinit {
        close(descriptor)
    }

    /// Writes text as it is; false when the collector has closed.
    @discardableResult
    func send(_ text: String) -> Bool {
        send(Array(text.utf8))
    }

    /// Writes bytes as they are; false when the collector has closed.
    @discardableResult
    func send(_ bytes: [UInt8]) -> Bool {
        Self.send(bytes, to: descriptor)
    }

    /// The socket's number, for a thread that only sends while another reads.
    var number: Int32 { descriptor }

    /// Writes bytes to a socket; false when the other end has closed.
    @discardableResult
    static func send(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var start = 0
        while start < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress.map { $0 + start }, $0.count - start, Int32(MSG_NOSIGNAL))
            }
            if count < 0 && errno == EINTR { continue }
            if count < 0 { return false }
            start += count
        }
        return true
    }

    /// The next line without its newline; nil at the end of the stream (or when nothing comes for 30 s).
    func line() -> String? {
        while true {
            if let newline = received.firstIndex(of: 0x0A) {
                let line = String(decoding: received[..<newline], as: UTF8.self)
                received.removeSubrange(...newline)
                return line
            }
            var chunk = [UInt8](repeating: 0, count: 16 << 10)
            let count = chunk.withUnsafeMutableBytes { recv(descriptor, $0.baseAddress, $0.count, 0) }
            if count < 0 && errno == EINTR { continue }
            if count <= 0 { return nil }
            received.append(contentsOf: chunk[..<count])
        }
    }

    /// The next line as JSON.
    func answer() throws -> JSONValue {
        try JSONValue(parsing: try #require(line(), "the collector closed without an answer"))
    }

    /// Says that nothing more comes, and listens on.
    func finishSending() {
        shutdown(descriptor, Int32(SHUT_WR))
    }

    /// Says that nothing will be read; a later answer fails on the collector's side.
    func finishListening() {
        shutdown(descriptor, Int32(SHUT_RD))
    }

    /// Opens acknowledged mode; gives the collector's `last`.
    func greet(producer: String, app: String = "test/1") throws -> UInt64 {
        send("{\"mtlstop\":1,\"producer\":\"\(producer)\",\"app\":\"\(app)\",\"ack\":true}\n")
        let hello = try answer()
        #expect(hello["hello"] == .number("1"))
        return try #require(hello.count("last"), "\(hello)")
    }

    /// Reads acks until one covers this number; other lines are given back.
    @discardableResult
    func waitForAck(_ sequence: UInt64) throws -> [JSONValue] {
        var others: [JSONValue] = []
        while true {
            let answer = try answer()
            guard let ack = answer.count("ack") else {
                others.append(answer)
                continue
            }
            if ack >= sequence { return others }
        }
    }
}

extension JSONValue {
    /// A member that is a whole number.
    func count(_ key: String) -> UInt64? {
        guard case .number(let digits)? = self[key] else { return nil }
        return UInt64(digits)
    }
}

/// Lines for tests.
enum Lines {
    /// An event of a producer, told apart by its path.
    static func event(_ sequence: UInt64, path: String = "/x") -> String {
        "{\"event\":\"authenticated\",\"seq\":\(sequence),\"cn\":\"svc-a\",\"path\":\"\(path)\",\"ip\":\"10.0.0.1\"}\n"
    }

    /// An event without a number.
    static func bare(path: String = "/x") -> String {
        "{\"event\":\"rejected\",\"reason\":\"socket_not_authorized\",\"path\":\"\(path)\",\"ip\":\"10.0.0.1\"}\n"
    }

    /// A producer's name of its own for each use.
    static func producer() -> String { ProducerIdentity.random().uuid }
}
