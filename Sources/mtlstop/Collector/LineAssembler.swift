import Glibc

/// Cuts a stream of bytes into lines, in place where a line lies whole in a chunk.
///
/// Memory is bounded: at most one line of ``LineAssembler/longestLine`` bytes is kept between chunks; of a longer
/// one only the first bytes and the length.
struct LineAssembler {
    /// What a chunk of bytes gave.
    enum Piece {
        /// A line without its newline (and without the CR before it), valid until the callback returns.
        case line(UnsafeRawBufferPointer)
        /// A line beyond the limit has ended: its first bytes, and its length with the newline.
        case tooLong(head: UnsafeRawBufferPointer, length: Int)
        /// So many bytes came without a newline that the sender cannot mean lines.
        case endless(head: UnsafeRawBufferPointer, length: Int)
        /// Octet counting was promised and no length came, or the stream ended inside of a frame.
        case badFrame(head: UnsafeRawBufferPointer, length: Int)
    }

    /// The longest line, with its newline (the contract's limit).
    static let longestLine = 256 << 10
    /// The longest stretch without a newline before the connection is given up.
    static let longestStretch = 64 << 20
    /// How much of a bad line is kept as evidence.
    static let headSize = 256

    /// The bytes of the line that has begun; only its head once ``skipped`` is above zero.
    var begun: [UInt8] = []
    /// Set on a connection that counts octets instead of ending lines.
    private var frames: FrameState?
    /// The length of the line that is being skipped; 0 when none is.
    private var skipped = 0

    /// True when a line has begun and its newline has not come.
    var hasHalfLine: Bool { !begun.isEmpty || frames?.isInside == true }

    /// The bytes kept for a line that has begun.
    var heldBytes: Int { begun.count }

    /// From now on the stream is one of frames (RFC 6587 octet counting).
    mutating func countOctets() {
        frames = FrameState()
    }

    /// Takes a chunk; the callback gets each piece and says whether to go on.
    mutating func feed(_ chunk: UnsafeRawBufferPointer, _ take: (Piece) -> Bool) {
        if var state = frames {
            feedFrames(chunk, &state, take)
            frames = state
            return
        }
        var rest = chunk
        while let base = rest.baseAddress, !rest.isEmpty {
            guard let newline = memchr(base, 0x0A, rest.count) else {
                hold(rest, take)
                return
            }
            let length = UnsafeRawPointer(newline) - base
            let goesOn = finish(UnsafeRawBufferPointer(start: base, count: length), take)
            rest = UnsafeRawBufferPointer(rebasing: rest[(length + 1)...])
            if !goesOn { return }
        }
    }

    /// The stream has ended: what has begun is the last line.
    mutating func end(_ take: (Piece) -> Bool) {
        if let frames { return endFrames(frames, take) }
        guard hasHalfLine else { return }
        _ = finish(UnsafeRawBufferPointer(start: nil, count: 0), take)
    }

    /// Forgets what has begun.
    mutating func drop() {
        begun = []
        skipped = 0
    }

    /// Lends the beginning of the line that has begun, and its length so far.
    func withHalfLine(_ body: (UnsafeRawBufferPointer, Int) -> Void) {
        begun.withUnsafeBytes { body(Self.head(of: $0), max(skipped, $0.count)) }
    }

    private mutating func finish(_ tail: UnsafeRawBufferPointer, _ take: (Piece) -> Bool) -> Bool {
        if begun.isEmpty {
            if tail.count < Self.longestLine { return take(.line(Self.withoutReturn(tail))) }
            return take(.tooLong(head: Self.head(of: tail), length: tail.count + 1))
        }
        let length = max(skipped, begun.count) + tail.count
        if length < Self.longestLine { begun.append(contentsOf: tail) }
        let line = length < Self.longestLine ? begun : Self.head(of: begun, then: tail)
        drop()
        return line.withUnsafeBytes { bytes in
            if length < Self.longestLine { return take(.line(Self.withoutReturn(bytes))) }
            return take(.tooLong(head: Self.head(of: bytes), length: length + 1))
        }
    }

    private mutating func hold(_ bytes: UnsafeRawBufferPointer, _ take: (Piece) -> Bool) {
        let length = max(skipped, begun.count) + bytes.count
        if length < Self.longestLine {
            begun.append(contentsOf: bytes)
            return
        }
        begun = Self.head(of: begun, then: bytes)
        skipped = length
        if length >= Self.longestStretch {
            _ = begun.withUnsafeBytes { take(.endless(head: $0, length: length)) }
        }
    }

    private static func withoutReturn(_ line: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        line.last == 0x0D ? UnsafeRawBufferPointer(rebasing: line.dropLast()) : line
    }

    /// The beginning that is kept of a bad line.
    static func head(of line: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: line.prefix(headSize))
    }

    private static func head(of begun: [UInt8], then rest: UnsafeRawBufferPointer) -> [UInt8] {
        Array(begun.prefix(headSize)) + Array(rest.prefix(max(0, headSize - begun.count)))
    }
}
