extension JSONCursor {
    /// A number as it stands in the text.
    struct Number {
        let text: JSONText
        /// Neither a fraction nor an exponent.
        let isInteger: Bool

        /// The value when it is an integer from 0 to 2⁶³-1.
        var unsigned: UInt64? {
            guard isInteger, text.count <= 19, text.pointer[0] != UInt8(ascii: "-") else { return nil }
            var value: UInt64 = 0
            for byte in text.bytes { value = value * 10 + UInt64(byte - UInt8(ascii: "0")) }
            return value <= UInt64(Int64.max) ? value : nil
        }
    }

    /// The number at the place, by the grammar of RFC 8259 section 6.
    mutating func number() throws(ScanFailure) -> Number {
        let start = offset
        var isInteger = true
        if next == UInt8(ascii: "-") { offset += 1 }
        if next == UInt8(ascii: "0") {
            offset += 1
        } else {
            try digits()
        }
        if next == UInt8(ascii: ".") {
            isInteger = false
            offset += 1
            try digits()
        }
        if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
            isInteger = false
            offset += 1
            if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { offset += 1 }
            try digits()
        }
        return Number(text: JSONText(pointer: base + start, count: offset - start), isInteger: isInteger)
    }

    private mutating func digits() throws(ScanFailure) {
        let start = offset
        while offset < end, base[offset] &- UInt8(ascii: "0") < 10 { offset += 1 }
        guard offset > start else { throw failure("a value was expected") }
    }
}
