/// Turns bytes into the visible notation of ``SafeText``, in one pass.
struct Escaper {
    /// Marks shown on one base character; more of them are used to overflow into other lines.
    static let marksPerBase = 3

    private var output: [UInt8] = []
    private var escaped = false
    /// Marks on the newest base, nil while there is no base to carry one.
    private var marks: Int?

    /// True when the bytes can be shown as they are.
    static func isPlain(_ bytes: UnsafeBufferPointer<UInt8>, limit: Int) -> Bool {
        guard bytes.count <= limit else { return false }
        for byte in bytes where byte < 0x20 || byte > 0x7E || byte == UInt8(ascii: "\\") {
            return false
        }
        return true
    }

    /// The safe form of at most `limit` scalars of `bytes`.
    static func safeText(of bytes: UnsafeBufferPointer<UInt8>, limit: Int) -> SafeText {
        if isPlain(bytes, limit: limit) {
            return SafeText(trusted: String(decoding: bytes, as: UTF8.self), wasEscaped: false)
        }
        var escaper = Escaper()
        escaper.output.reserveCapacity(min(bytes.count, limit) + 16)
        escaper.escape(bytes, limit: limit)
        return SafeText(trusted: String(decoding: escaper.output, as: UTF8.self), wasEscaped: escaper.escaped)
    }

    private mutating func escape(_ bytes: UnsafeBufferPointer<UInt8>, limit: Int) {
        var index = 0
        var shown = 0
        while index < bytes.count {
            guard shown < limit else {
                output.append(contentsOf: "…".utf8)
                return
            }
            shown += 1
            guard let (scalar, length) = UTF8Decoding.scalar(in: bytes, at: index) else {
                appendHex(bytes[index])
                index += 1
                continue
            }
            index += length
            if scalar == "\\" {
                appendBackslash(before: bytes, index)
            } else {
                append(scalar)
            }
        }
    }

    private mutating func append(_ scalar: Unicode.Scalar) {
        if scalar.isHiddenOrHarmful {
            appendNotation(of: scalar)
        } else if scalar.isASCII || scalar.cellWidth > 0 {
            marks = 0
            appendUTF8(scalar)
        } else if let count = marks, count < Escaper.marksPerBase {
            marks = count + 1
            appendUTF8(scalar)
        } else {
            appendNotation(of: scalar)
        }
    }

    /// Doubles a backslash when what follows would make it read as notation.
    private mutating func appendBackslash(before bytes: UnsafeBufferPointer<UInt8>, _ next: Int) {
        output.append(UInt8(ascii: "\\"))
        marks = 0
        guard next < bytes.count else { return }
        if let (scalar, _) = UTF8Decoding.scalar(in: bytes, at: next) {
            if !Notation.isStart(scalar) && !scalar.isHiddenOrHarmful { return }
        }
        output.append(UInt8(ascii: "\\"))
    }

    private mutating func appendNotation(of scalar: Unicode.Scalar) {
        if scalar.value <= 0xFF, scalar.value < 0x20 || 0x7F...0x9F ~= scalar.value {
            appendControl(UInt8(scalar.value))
        } else {
            escaped = true
            marks = nil
            output.append(contentsOf: Notation.braced(scalar).utf8)
        }
    }

    private mutating func appendControl(_ byte: UInt8) {
        guard let letter = Notation.letter(for: byte) else { return appendHex(byte) }
        escaped = true
        marks = nil
        output.append(UInt8(ascii: "\\"))
        output.append(letter)
    }

    private mutating func appendHex(_ byte: UInt8) {
        escaped = true
        marks = nil
        output.append(contentsOf: Notation.hex(byte).utf8)
    }

    private mutating func appendUTF8(_ scalar: Unicode.Scalar) {
        output.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }
}
