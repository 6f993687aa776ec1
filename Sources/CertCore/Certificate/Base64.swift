/// Strict base64 (RFC 4648 section 4).
enum Base64 {
    /// How padding at the end is judged.
    enum Padding {
        /// The length must be a multiple of four and unused bits zero.
        case required
        /// Padding may be missing, wrong padding is still refused (RFC 8941 section 4.2.7).
        case optional
    }

    /// What may stand between digits.
    enum Gaps {
        case none
        /// Carriage returns and newlines.
        case lines
        /// All white space.
        case spaces
    }

    /// Decodes digits of the ordinary alphabet; nil for any other byte and for wrong padding.
    static func decode(
        _ text: ArraySlice<UInt8>,
        padding: Padding = .required,
        gaps: Gaps = .none
    ) -> [UInt8]? {
        text.withUnsafeBufferPointer { decode($0, padding: padding, gaps: gaps) }
    }

    /// Decodes digits of the ordinary alphabet; nil for any other byte and for wrong padding.
    static func decode(
        _ text: UnsafeBufferPointer<UInt8>,
        padding: Padding = .required,
        gaps: Gaps = .none
    ) -> [UInt8]? {
        var end = text.count
        var pads = 0
        while end > 0 {
            if text[end - 1] == UInt8(ascii: "="), pads < 3 {
                pads += 1
            } else if !isGap(text[end - 1], gaps) {
                break
            }
            end -= 1
        }
        var digits: Int? = 0
        let result = [UInt8](unsafeUninitializedCapacity: end / 4 * 3 + 3) { buffer, count in
            let isExact = padding == .required
            digits = decode(UnsafeBufferPointer(rebasing: text[..<end]), gaps, isExact: isExact, to: buffer, &count)
        }
        guard let digits else { return nil }
        let missing = (4 - digits % 4) % 4
        guard missing != 3, pads == missing || (pads == 0 && padding == .optional) else { return nil }
        return result
    }

    /// Decodes into a buffer; the number of digits, nil for a byte that is none or for unused bits that must be zero.
    private static func decode(
        _ text: UnsafeBufferPointer<UInt8>,
        _ gaps: Gaps,
        isExact: Bool,
        to buffer: UnsafeMutableBufferPointer<UInt8>,
        _ count: inout Int
    ) -> Int? {
        values.withUnsafeBufferPointer { values in
            var digits = 0
            var bits: UInt32 = 0
            var position = 0
            while position < text.count {
                if digits & 3 == 0, position + 4 <= text.count {
                    let quartet = quartet(text, position, values)
                    if quartet < 1 << 24 {
                        buffer[count] = UInt8(truncatingIfNeeded: quartet >> 16)
                        buffer[count + 1] = UInt8(truncatingIfNeeded: quartet >> 8)
                        buffer[count + 2] = UInt8(truncatingIfNeeded: quartet)
                        count += 3
                        digits += 4
                        position += 4
                        continue
                    }
                }
                let value = UInt32(values[Int(text[position])])
                position += 1
                if value < 64 {
                    bits = bits << 6 | value
                    digits += 1
                    if digits & 3 != 1 {
                        let shift = UInt32(6 - 2 * ((digits - 1) & 3))
                        buffer[count] = UInt8(truncatingIfNeeded: bits >> shift)
                        count += 1
                    }
                } else if !isGap(text[position - 1], gaps) {
                    return nil
                }
            }
            let unused: UInt32 = digits & 3 == 2 ? bits & 15 : digits & 3 == 3 ? bits & 3 : 0
            return unused == 0 || !isExact ? digits : nil
        }
    }

    /// Four digits as a number of 24 bits; a larger number when one of the four is no digit.
    private static func quartet(
        _ text: UnsafeBufferPointer<UInt8>,
        _ position: Int,
        _ values: UnsafeBufferPointer<UInt8>
    ) -> UInt32 {
        let first = UInt32(values[Int(text[position])])
        let second = UInt32(values[Int(text[position + 1])])
        let third = UInt32(values[Int(text[position + 2])])
        let fourth = UInt32(values[Int(text[position + 3])])
        return (first | second | third | fourth) >= 64
            ? .max : first << 18 | second << 12 | third << 6 | fourth
    }

    private static func isGap(_ byte: UInt8, _ gaps: Gaps) -> Bool {
        switch gaps {
        case .none: false
        case .lines: byte == 10 || byte == 13
        case .spaces: byte == 32 || byte == 10 || byte == 13 || byte == 9
        }
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
