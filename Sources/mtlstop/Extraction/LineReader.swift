import Glibc

/// Reads lines from a descriptor in constant memory; a line over the limit is skipped and reported as such.
struct LineReader {
    /// One line of input.
    enum Line: Equatable {
        /// Without its newline; a carriage return before it is dropped too.
        case bytes([UInt8])
        /// The line is longer than the limit.
        case tooLong
    }

    private let descriptor: Int32
    private let limit: Int
    private var buffer: [UInt8] = []
    private var position = 0
    private var hasEnded = false

    /// The size of one read; pipes hold as much.
    private static let chunk = 64 << 10

    init(descriptor: Int32 = STDIN_FILENO, limit: Int) {
        self.descriptor = descriptor
        self.limit = limit
    }

    /// Whether the next line is there without waiting for input.
    var hasLine: Bool { buffer[position...].contains(0x0A) }

    /// The next line, whose newline may be missing at the end; nil after the last one.
    mutating func next() throws -> Line? {
        var isTooLong = false
        var searched = position
        while true {
            if let newline = buffer[searched...].firstIndex(of: 0x0A) {
                let line = buffer[position..<newline]
                position = newline + 1
                return isTooLong || line.count > limit ? .tooLong : .bytes(Self.withoutReturn(line))
            }
            if buffer.count - position > limit {
                isTooLong = true
                position = buffer.count
            }
            discardConsumed()
            searched = buffer.count
            guard try fill() else { return rest(isTooLong) }
        }
    }

    private mutating func rest(_ isTooLong: Bool) -> Line? {
        defer { position = buffer.count }
        if isTooLong { return .tooLong }
        return position < buffer.count ? .bytes(Self.withoutReturn(buffer[position...])) : nil
    }

    private mutating func discardConsumed() {
        buffer.removeSubrange(..<position)
        position = 0
    }

    /// Reads once more; false at the end of the input.
    private mutating func fill() throws -> Bool {
        if hasEnded { return false }
        let filled = buffer.count
        buffer.append(contentsOf: repeatElement(0, count: Self.chunk))
        var count: Int
        repeat {
            count = buffer.withUnsafeMutableBytes { bytes in
                read(descriptor, bytes.baseAddress.map { $0 + filled }, Self.chunk)
            }
        } while count < 0 && errno == EINTR
        let code = errno
        buffer.removeSubrange((filled + max(0, count))...)
        if count < 0 { throw Failure(.ioError, what: "standard input", why: String(cString: strerror(code))) }
        hasEnded = count == 0
        return count > 0
    }

    private static func withoutReturn(_ line: ArraySlice<UInt8>) -> [UInt8] {
        Array(line.last == 0x0D ? line.dropLast() : line)
    }
}
