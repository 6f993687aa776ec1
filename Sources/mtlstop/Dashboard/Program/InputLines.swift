import Glibc

/// Lines from stdin without waiting for more than is there.
struct InputLines {
    /// What came.
    enum Next: Equatable {
        case line(String)
        case nothing
        case end
    }

    private let descriptor: Int32
    private var buffer: [UInt8] = []
    private var hasEnded = false

    /// A line longer than this is taken as it is.
    private static let limit = 64 << 10

    init(descriptor: Int32 = STDIN_FILENO) {
        self.descriptor = descriptor
    }

    /// The next line, without its end; waits at most so many milliseconds.
    mutating func next(milliseconds: Int32) -> Next {
        if let line = takeLine() { return .line(line) }
        if hasEnded { return .end }
        var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&waiting, 1, milliseconds) > 0 else { return .nothing }
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = read(descriptor, &bytes, bytes.count)
        if count > 0 {
            buffer.append(contentsOf: bytes[..<count])
        } else if count == 0 || (errno != EINTR && errno != EAGAIN) {
            hasEnded = true
            if !buffer.isEmpty { buffer.append(0x0A) }
        }
        return takeLine().map { .line($0) } ?? (hasEnded ? .end : .nothing)
    }

    private mutating func takeLine() -> String? {
        let end = buffer.firstIndex(of: 0x0A) ?? (buffer.count >= Self.limit ? buffer.count : nil)
        guard let end else { return nil }
        let line = String(decoding: buffer[..<end], as: UTF8.self)
        buffer.removeFirst(min(buffer.count, end + 1))
        return line.last == "\r" ? String(line.dropLast()) : line
    }
}
