extension JSONCursor {
    /// The string whose opening quote is at the place, unescaped.
    ///
    /// A string without escapes is a view of the text itself; others are written to the scratch memory.
    @inline(__always)
    mutating func string() throws(ScanFailure) -> JSONText {
        let start = offset + 1
        offset = endOfPlain(from: start)
        guard let byte = next else { throw failure("") }
        if byte == UInt8(ascii: "\"") {
            offset += 1
            return JSONText(pointer: base + start, count: offset - 1 - start)
        }
        return try escapedString(from: start)
    }

    /// The offset of the first quote, backslash or control byte at or after `start`, or the end.
    ///
    /// Eight bytes at a time: a borrow out of a matching byte can only set bits above it, so the lowest is right.
    @inline(__always)
    private func endOfPlain(from start: Int) -> Int {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let tops: UInt64 = 0x8080_8080_8080_8080
        var index = start
        while index + 8 <= end {
            let word = UInt64(
                littleEndian: UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self)
            )
            let quote = word ^ (ones &* 0x22)
            let backslash = word ^ (ones &* 0x5c)
            let hits =
                ((quote &- ones) & ~quote) | ((backslash &- ones) & ~backslash)
                | ((word &- (ones &* 0x20)) & ~word)
            let found = hits & tops
            if found != 0 { return index + found.trailingZeroBitCount >> 3 }
            index += 8
        }
        while index < end {
            let byte = base[index]
            if byte == 0x22 || byte == 0x5c || byte < 0x20 { break }
            index += 1
        }
        return index
    }

    /// The rest of a string that has at least one escape (or an error) at the place.
    private mutating func escapedString(from start: Int) throws(ScanFailure) -> JSONText {
        let target = scratchEnd
        var count = 0
        var copied = start
        while let byte = next {
            target.advanced(by: count).update(from: base + copied, count: offset - copied)
            count += offset - copied
            if byte == UInt8(ascii: "\"") {
                offset += 1
                return takeScratch(count)
            }
            guard byte == UInt8(ascii: "\\") else { throw failure("a control character stands in a string") }
            offset += 1
            count += try escape(into: target + count)
            copied = offset
            offset = endOfPlain(from: offset)
        }
        throw failure("")
    }

    /// Reads what follows a backslash and returns how many bytes it stands for.
    private mutating func escape(into target: UnsafeMutablePointer<UInt8>) throws(ScanFailure) -> Int {
        guard let byte = next else { throw failure("") }
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): target[0] = byte
        case UInt8(ascii: "b"): target[0] = 0x08
        case UInt8(ascii: "f"): target[0] = 0x0c
        case UInt8(ascii: "n"): target[0] = 0x0a
        case UInt8(ascii: "r"): target[0] = 0x0d
        case UInt8(ascii: "t"): target[0] = 0x09
        case UInt8(ascii: "u"):
            offset += 1
            return try unicodeEscape(into: target)
        default: throw failure("an unknown escape stands in a string")
        }
        offset += 1
        return 1
    }

    /// Reads the digits of `\uXXXX`, and of the low surrogate behind a high one.
    private mutating func unicodeEscape(into target: UnsafeMutablePointer<UInt8>) throws(ScanFailure) -> Int {
        let unit = try hexUnit()
        guard unit & 0xf800 == 0xd800 else { return Self.write(UInt32(unit), to: target) }
        let isPairComing =
            unit < 0xdc00 && offset + 2 <= end && base[offset] == UInt8(ascii: "\\")
            && base[offset + 1] == UInt8(ascii: "u")
        if isPairComing {
            let afterFirst = offset
            offset += 2
            let low = try hexUnit()
            if low & 0xfc00 == 0xdc00 {
                let scalar = 0x10000 + (UInt32(unit) & 0x3ff) << 10 + UInt32(low) & 0x3ff
                return Self.write(scalar, to: target)
            }
            offset = afterFirst
        }
        wasRepaired = true
        return Self.write(0xfffd, to: target)
    }

    private mutating func hexUnit() throws(ScanFailure) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let byte = next, let digit = Hexadecimal.value(byte) else {
                throw failure("four hexadecimal digits were expected")
            }
            unit = unit << 4 | UInt16(digit)
            offset += 1
        }
        return unit
    }

    private static func write(_ scalar: UInt32, to target: UnsafeMutablePointer<UInt8>) -> Int {
        switch scalar {
        case 0..<0x80:
            target[0] = UInt8(scalar)
            return 1
        case 0x80..<0x800:
            target[0] = UInt8(0xc0 | scalar >> 6)
            target[1] = UInt8(0x80 | scalar & 0x3f)
            return 2
        case 0x800..<0x10000:
            target[0] = UInt8(0xe0 | scalar >> 12)
            target[1] = UInt8(0x80 | scalar >> 6 & 0x3f)
            target[2] = UInt8(0x80 | scalar & 0x3f)
            return 3
        default:
            target[0] = UInt8(0xf0 | scalar >> 18)
            target[1] = UInt8(0x80 | scalar >> 12 & 0x3f)
            target[2] = UInt8(0x80 | scalar >> 6 & 0x3f)
            target[3] = UInt8(0x80 | scalar & 0x3f)
            return 4
        }
    }
}
