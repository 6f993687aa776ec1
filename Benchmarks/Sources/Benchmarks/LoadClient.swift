import Glibc

/// One acknowledged connection that sends prepared lines; the window is kept.
final class LoadClient {
    let descriptor: Int32
    private var bytes: [UInt8] = []
    /// Where each event's line ends.
    private var ends: [Int] = []
    private var sent = 0
    /// How many events are acknowledged.
    private(set) var acknowledged = 0
    /// How many events may be sent so far.
    var allowance = Int.max
    private var answers: [UInt8] = []
    private var chunk = [UInt8](repeating: 0, count: 4096)

    /// How many events may be under way without an ack (the collector's own limit).
    private static let window = 65_536

    init(socket path: String) throws {
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard result == 0 else {
            let number = errno
            close(descriptor)
            throw BenchmarkError("connect", number)
        }
    }

    deinit {
        close(descriptor)
    }

    /// Adds an event's line (without a newline); it gets the next number.
    func add(_ line: borrowing [UInt8]) {
        bytes.append(contentsOf: "{\"seq\":\(ends.count + 1),".utf8)
        line.withUnsafeBytes { bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: $0.dropFirst())) }
        bytes.append(0x0A)
        ends.append(bytes.count)
    }

    /// Says hello and waits for the answer; from then on nothing blocks.
    func greet(number: Int) throws {
        let digits = String(100_000_000_000 + number)
        write("{\"mtlstop\":1,\"producer\":\"00000000-0000-4000-8000-\(digits)\",\"app\":\"bench/1\",\"ack\":true}\n")
        while !answers.contains(0x0A) {
            guard receive() else { throw BenchmarkError("the collector closed") }
        }
        answers = []
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    }

    /// True when all is durable.
    var isDone: Bool { acknowledged == ends.count }

    /// What to wait for.
    var interest: Int16 { Int16(POLLIN) | (sent < limit ? Int16(POLLOUT) : 0) }

    private var limit: Int {
        let count = min(ends.count, acknowledged + Self.window, allowance)
        return count > 0 ? ends[count - 1] : 0
    }

    /// Writes what the socket and the window take.
    func sendSome() throws {
        while sent < limit {
            let count = bytes.withUnsafeBytes {
                send(descriptor, $0.baseAddress.map { $0 + sent }, min(256 << 10, limit - sent), Int32(MSG_NOSIGNAL))
            }
            if count < 0 && errno == EAGAIN { return }
            guard count > 0 else { throw BenchmarkError("send", errno) }
            sent += count
        }
    }

    /// Reads acks.
    func readAcks() throws {
        guard receive() else { throw BenchmarkError("the collector closed") }
        while let newline = answers.firstIndex(of: 0x0A) {
            let line = String(decoding: answers[..<newline], as: UTF8.self)
            answers.removeSubrange(...newline)
            // What the collector asks for ({"need":…}) may go unanswered.
            if line.hasPrefix("{\"err\":") { throw BenchmarkError("unexpected: \(line)") }
            guard line.hasPrefix("{\"ack\":"), let number = Int(line.dropFirst(7).dropLast()) else { continue }
            acknowledged = max(acknowledged, number)
        }
    }

    private func write(_ text: String) {
        let bytes = Array(text.utf8)
        _ = send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }

    private func receive() -> Bool {
        let count = recv(descriptor, &chunk, chunk.count, 0)
        if count > 0 { answers.append(contentsOf: chunk[..<count]) }
        return count > 0 || (count < 0 && (errno == EAGAIN || errno == EINTR))
    }
}
