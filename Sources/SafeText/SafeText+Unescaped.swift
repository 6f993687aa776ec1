extension SafeText {
    /// The original bytes of a text that was neither cut nor put together from several.
    ///
    /// Exact for every text that was valid UTF-8. A lone byte 0x80–0x9F that was no UTF-8 comes back as the C1 control
    /// it would be to a terminal, since both are shown as `\x9b`; other stray bytes come back as they were.
    public var unescapedBytes: [UInt8] {
        let text = Array(string.utf8)
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        var index = 0
        while index < text.count {
            guard let length = Notation.length(in: text, at: index) else {
                result.append(text[index])
                index += 1
                continue
            }
            SafeText.appendMeaning(of: text[index..<index + length], to: &result)
            index += length
        }
        return result
    }

    private static func appendMeaning(of notation: ArraySlice<UInt8>, to result: inout [UInt8]) {
        let kind = notation[notation.startIndex + 1]
        let digits = String(decoding: notation.dropFirst(2), as: UTF8.self)
        if let control = Notation.control(for: kind) {
            result.append(control)
        } else if kind == UInt8(ascii: "x"), let byte = UInt8(digits, radix: 16) {
            result.append(contentsOf: byte < 0xA0 ? Array(String(Unicode.Scalar(byte)).utf8) : [byte])
        } else if let value = UInt32(digits.dropFirst().dropLast(), radix: 16), let scalar = Unicode.Scalar(value) {
            result.append(contentsOf: String(scalar).utf8)
        } else {
            result.append(kind)
        }
    }
}
