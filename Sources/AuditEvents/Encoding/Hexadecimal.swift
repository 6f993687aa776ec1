/// Hexadecimal digits with or without colons, in either case.
enum Hexadecimal {
    static func value(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    /// The number of digits when `bytes` holds nothing but digits and colons between pairs; nil otherwise.
    static func digits(in bytes: UnsafeRawBufferPointer) -> Int? {
        if isPlain(bytes) { return bytes.count }
        if isColonSeparated(bytes) { return (bytes.count + 1) / 3 * 2 }
        var count = 0
        var wasColon = true
        for byte in bytes {
            if byte == UInt8(ascii: ":") {
                guard !wasColon, count.isMultiple(of: 2) else { return nil }
                wasColon = true
            } else {
                guard value(byte) != nil else { return nil }
                count += 1
                wasColon = false
            }
        }
        return wasColon ? nil : count
    }

    /// Whether all are digits, and there is one.
    ///
    /// Without a branch for each byte: whether a fingerprint's next digit is a letter cannot be foretold.
    private static func isPlain(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count > 2, bytes[2] != UInt8(ascii: ":") else { return false }
        var others: UInt8 = 0
        for byte in bytes { others |= isOther(byte) }
        return others == 0
    }

    /// Whether they are pairs of digits with a colon between any two.
    private static func isColonSeparated(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count > 2, bytes.count % 3 == 2 else { return false }
        var others = isOther(bytes[0]) | isOther(bytes[1])
        for pair in stride(from: 2, to: bytes.count, by: 3) {
            others |= bytes[pair] ^ UInt8(ascii: ":") | isOther(bytes[pair + 1]) | isOther(bytes[pair + 2])
        }
        return others == 0
    }

    /// 0 for a digit, 1 for any other byte.
    @inline(__always)
    private static func isOther(_ byte: UInt8) -> UInt8 {
        let decimal: UInt8 = byte &- UInt8(ascii: "0") < 10 ? 0 : 1
        let letter: UInt8 = (byte | 0x20) &- UInt8(ascii: "a") < 6 ? 0 : 1
        return decimal & letter
    }

    /// The bytes the digits stand for; nil when there is an odd number of them or anything else in between.
    static func decode(_ text: UnsafeRawBufferPointer) -> [UInt8]? {
        guard let digits = digits(in: text), digits.isMultiple(of: 2) else { return nil }
        var result: [UInt8] = []
        result.reserveCapacity(digits / 2)
        var high: UInt8?
        for byte in text {
            guard let nibble = value(byte) else { continue }
            if let first = high {
                result.append(first << 4 | nibble)
                high = nil
            } else {
                high = nibble
            }
        }
        return result
    }

    /// The bytes as upper-case digits, two each.
    static func upperCase(_ bytes: [UInt8]) -> [UInt8] {
        bytes.flatMap { byte in
            [byte >> 4, byte & 0xf].map { $0 < 10 ? $0 + UInt8(ascii: "0") : $0 - 10 + UInt8(ascii: "A") }
        }
    }
}
