/// Validity of UTF-8 (RFC 3629) and its repair, a word at a time while the bytes are ASCII.
enum UTF8Check {
    /// The offset of the first byte that is no part of valid UTF-8; nil when all of it is valid.
    static func firstInvalid(in bytes: UnsafeRawBufferPointer) -> Int? {
        var offset = 0
        while true {
            offset = endOfASCII(in: bytes, from: offset)
            guard offset < bytes.count else { return nil }
            let length = step(bytes, at: offset)
            guard length > 0 else { return offset }
            offset += length
        }
    }

    /// The first offset at or after `start` whose byte is not ASCII, or the end.
    static func endOfASCII(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
        var offset = start
        while offset + 8 <= bytes.count {
            let word = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            guard word & 0x8080_8080_8080_8080 == 0 else { break }
            offset += 8
        }
        while offset < bytes.count, bytes[offset] < 0x80 { offset += 1 }
        return offset
    }

    /// Appends `bytes` to `output` with every ill-formed piece replaced by U+FFFD.
    ///
    /// Pieces are the Unicode Standard's maximal subparts, as every browser and Swift itself replace them.
    static func repair(_ bytes: UnsafeRawBufferPointer, into output: inout [UInt8]) {
        var offset = 0
        while offset < bytes.count {
            let length = step(bytes, at: offset)
            if length > 0 {
                for index in offset..<offset + length { output.append(bytes[index]) }
            } else {
                output.append(contentsOf: [0xef, 0xbf, 0xbd])
            }
            offset += abs(length)
        }
    }

    /// The offset in the original of the byte at `target` of its repaired copy.
    static func originalOffset(of target: Int, in bytes: UnsafeRawBufferPointer) -> Int {
        var offset = 0
        var copied = 0
        while offset < bytes.count {
            let length = step(bytes, at: offset)
            let next = copied + (length > 0 ? length : 3)
            if next > target { return length > 0 ? offset + target - copied : offset }
            copied = next
            offset += abs(length)
        }
        return bytes.count
    }

    /// The length of the sequence at `offset`, or minus the length of the ill-formed piece there.
    private static func step(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> Int {
        let lead = bytes[offset]
        let length: Int
        var lowest: UInt8 = 0x80
        var highest: UInt8 = 0xbf
        switch lead {
        case 0x00...0x7f: return 1
        case 0xc2...0xdf: length = 2
        case 0xe0...0xef:
            length = 3
            if lead == 0xe0 { lowest = 0xa0 }
            if lead == 0xed { highest = 0x9f }
        case 0xf0...0xf4:
            length = 4
            if lead == 0xf0 { lowest = 0x90 }
            if lead == 0xf4 { highest = 0x8f }
        default: return -1
        }
        for position in 1..<length {
            guard offset + position < bytes.count else { return -position }
            let byte = bytes[offset + position]
            guard byte >= lowest, byte <= highest else { return -position }
            lowest = 0x80
            highest = 0xbf
        }
        return length
    }
}
