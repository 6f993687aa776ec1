/// Hexadecimal digits to bytes and back.
package enum Hexadecimal {
    /// The digits of some bytes, two a byte, with an optional separator between bytes.
    package static func text(_ bytes: [UInt8], uppercase: Bool = false, separator: UInt8? = nil) -> String {
        let letter: UInt8 = uppercase ? 55 : 87
        let count = bytes.count * 2 + (separator == nil ? 0 : max(0, bytes.count - 1))
        return String(unsafeUninitializedCapacity: count) { buffer in
            var position = 0
            for byte in bytes {
                if position > 0, let separator {
                    buffer[position] = separator
                    position += 1
                }
                let (high, low) = (byte >> 4, byte & 15)
                buffer[position] = high < 10 ? 48 + high : letter + high
                buffer[position + 1] = low < 10 ? 48 + low : letter + low
                position += 2
            }
            return position
        }
    }

    /// The bytes that digits in either case stand for; nil for an odd number of digits or anything that is none.
    package static func bytes(_ digits: some Sequence<UInt8>) -> [UInt8]? {
        var result: [UInt8] = []
        var high: UInt8?
        for digit in digits {
            guard let value = value(of: digit) else { return nil }
            if let first = high {
                result.append(first << 4 | value)
                high = nil
            } else {
                high = value
            }
        }
        return high == nil ? result : nil
    }

    /// The value of one digit in either case.
    package static func value(of digit: UInt8) -> UInt8? {
        switch digit {
        case 48...57: digit - 48
        case 65...70: digit - 55
        case 97...102: digit - 87
        default: nil
        }
    }
}
