import Glibc
import SafeText

/// Buffered bytes to a file descriptor that report a full disk and end quietly when the reader has gone away.
struct StandardOutput {
    private let descriptor: Int32
    private let name: String
    private var buffer: [UInt8] = []

    /// The point at which the buffer is written: large enough that a system call costs nothing per row.
    private static let flushSize = 64 << 10

    init(descriptor: Int32 = STDOUT_FILENO, name: String = "standard output") {
        self.descriptor = descriptor
        self.name = name
    }

    /// True when a person reads it: the descriptor is a terminal.
    static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

    /// Appends bytes; throws when they cannot be written.
    mutating func write(_ bytes: some Sequence<UInt8>) throws {
        buffer.append(contentsOf: bytes)
        if buffer.count >= Self.flushSize { try flush() }
    }

    /// Appends one line of text and its newline.
    mutating func line(_ text: SafeText) throws {
        try write(text.string.utf8)
        try write([0x0A])
    }

    /// Writes all that is buffered.
    mutating func flush() throws {
        var start = 0
        while start < buffer.count {
            let written = buffer.withUnsafeBytes { bytes in
                Glibc.write(descriptor, bytes.baseAddress.map { $0 + start }, bytes.count - start)
            }
            if written >= 0 {
                start += written
            } else if errno != EINTR {
                throw failure(errno)
            }
        }
        buffer.removeAll(keepingCapacity: true)
    }

    private func failure(_ code: Int32) -> any Error {
        if code == EPIPE { return ReaderGone() }
        return Failure(.ioError, what: name, why: String(cString: strerror(code)))
    }
}

/// The reader of a pipe has closed it (`| head`): the command ends without a word.
struct ReaderGone: Error {}
