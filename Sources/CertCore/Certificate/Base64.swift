/// Strict base64 (RFC 4648 section 4).
enum Base64 {
    /// How padding at the end is judged.
    enum Padding {
        /// The length must be a multiple of four and unused bits zero.
        case required
        /// Padding may be missing, wrong padding is still refused (RFC 8941 section 4.2.7).
        case optional
    }

    /// Decodes digits of the ordinary alphabet; nil for any other byte and for wrong padding.
    static func decode(_ text: some BidirectionalCollection<UInt8>, padding: Padding = .required) -> [UInt8]? {
        var digits = text[...]
        var pads = 0
        while pads < 3, digits.last == UInt8(ascii: "=") {
            digits.removeLast()
            pads += 1
        }
        let length = text.count
        let missing = (4 - (length - pads) % 4) % 4
        guard missing != 3, pads == missing || (pads == 0 && padding == .optional) else { return nil }
        var result: [UInt8] = []
        result.reserveCapacity(length / 4 * 3 + 3)
        var bits: UInt32 = 0
        var count = 0
        for digit in digits {
            let value = values[Int(digit)]
            guard value < 64 else { return nil }
            bits = bits << 6 | UInt32(value)
            count += 6
            if count >= 8 {
                count -= 8
                result.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        let unused = bits & ((1 << UInt32(count)) - 1)
        guard unused == 0 || padding == .optional else { return nil }
        return result
    }

    /// Encodes with padding.
    static func encode(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity((bytes.count + 2) / 3 * 4)
        var index = 0
        while index < bytes.count {
            let rest = bytes.count - index
            let word =
                UInt32(bytes[index]) << 16 | (rest > 1 ? UInt32(bytes[index + 1]) << 8 : 0)
                | (rest > 2 ? UInt32(bytes[index + 2]) : 0)
            for position in 0..<4 {
                let digit = Int(word >> UInt32(18 - 6 * position)) & 63
                result.append(position <= rest ? alphabet[digit] : UInt8(ascii: "="))
            }
            index += 3
        }
        return result
    }

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    private static let values: [UInt8] = {
        var table = [UInt8](repeating: 255, count: 256)
        for (value, digit) in alphabet.enumerated() { table[Int(digit)] = UInt8(value) }
        return table
    }()
}
