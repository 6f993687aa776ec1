// Octet counting (RFC 6587 section 3.4.1): `LENGTH SP MESSAGE`, and on with the next length.
extension LineAssembler {
    /// Where a stream of frames stands.
    struct FrameState {
        /// What is being read.
        enum Part {
            /// The digits of a length.
            case length
            /// A message that is kept.
            case message
            /// A message that is too long: skipped by its length.
            case skipped
            /// No frame: skipped up to the next newline.
            case lost
        }

        var part = Part.length
        /// The number of the digits so far, then the length of the message.
        var length = 0
        var digits = 0
        /// Bytes of the message that are to come.
        var missing = 0
    }

    /// A length of more digits is no length.
    private static let mostDigits = 8

    /// Takes a chunk of frames.
    mutating func feedFrames(_ chunk: UnsafeRawBufferPointer, _ frames: inout FrameState, _ take: (Piece) -> Bool) {
        var rest = chunk[...]
        while !rest.isEmpty {
            let goesOn =
                switch frames.part {
                case .length: readLength(&rest, &frames, take)
                case .message, .skipped: readMessage(&rest, &frames, take)
                case .lost: skipLine(&rest, &frames)
                }
            if !goesOn { return }
        }
    }

    /// The stream has ended inside of a frame.
    mutating func endFrames(_ frames: FrameState, _ take: (Piece) -> Bool) {
        guard frames.isInside else { return }
        let head = begun
        drop()
        _ = head.withUnsafeBytes { take(.badFrame(head: Self.head(of: $0), length: $0.count)) }
    }

    private mutating func readLength(
        _ rest: inout Slice<UnsafeRawBufferPointer>,
        _ frames: inout FrameState,
        _ take: (Piece) -> Bool
    ) -> Bool {
        guard let byte = rest.popFirst() else { return true }
        // A newline between frames is what some senders write behind each.
        if frames.digits == 0, byte == 0x0A || byte == 0x0D { return true }
        begun.append(byte)
        if byte &- UInt8(ascii: "0") < 10, frames.digits < Self.mostDigits, byte != 0x30 || frames.digits > 0 {
            frames.length = frames.length * 10 + Int(byte - UInt8(ascii: "0"))
            frames.digits += 1
            return true
        }
        guard byte == 0x20, frames.digits > 0 else {
            begun.append(contentsOf: rest.prefix(Self.headSize))
            let head = begun
            begun = []
            frames = FrameState()
            frames.part = byte == 0x0A ? .length : .lost
            return head.withUnsafeBytes { take(.badFrame(head: Self.head(of: $0), length: $0.count)) }
        }
        begun = []
        frames.missing = frames.length
        frames.part = frames.length < Self.longestLine ? .message : .skipped
        return true
    }

    private mutating func readMessage(
        _ rest: inout Slice<UnsafeRawBufferPointer>,
        _ frames: inout FrameState,
        _ take: (Piece) -> Bool
    ) -> Bool {
        let part = UnsafeRawBufferPointer(rebasing: rest.prefix(frames.missing))
        rest = rest.dropFirst(part.count)
        frames.missing -= part.count
        let isWhole = frames.missing == 0
        if frames.part == .message, isWhole, begun.isEmpty {
            frames = FrameState()
            return take(.line(part))
        }
        let room = frames.part == .message ? part.count : max(0, Self.headSize - begun.count)
        begun.append(contentsOf: part.prefix(room))
        guard isWhole else { return true }
        let (message, state) = (begun, frames)
        (begun, frames) = ([], FrameState())
        return message.withUnsafeBytes { bytes in
            take(state.part == .message ? .line(bytes) : .tooLong(head: bytes, length: state.length))
        }
    }

    private func skipLine(_ rest: inout Slice<UnsafeRawBufferPointer>, _ frames: inout FrameState) -> Bool {
        guard let newline = rest.firstIndex(of: 0x0A) else {
            rest = rest.suffix(0)
            return true
        }
        rest = rest[(newline + 1)...]
        frames.part = .length
        return true
    }
}

extension LineAssembler.FrameState {
    /// Whether a frame has begun and not ended.
    var isInside: Bool { part == .message || part == .skipped || digits > 0 }
}
