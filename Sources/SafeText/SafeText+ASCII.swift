extension SafeText {
    /// The text for a terminal that is not UTF-8: every scalar beyond ASCII in the notation `\u{e9}`.
    public func asciiOnly() -> SafeText {
        if string.utf8.allSatisfy({ $0 < 0x80 }) { return self }
        let text = Array(string.utf8)
        var result = ""
        var index = 0
        while index < text.count {
            if let length = Notation.length(in: text, at: index) {
                result += String(decoding: text[index..<index + length], as: UTF8.self)
                index += length
                continue
            }
            let decoded = text.withUnsafeBufferPointer { UTF8Decoding.scalar(in: $0, at: index) }
            guard let (scalar, length) = decoded else { break }
            index += length
            if scalar.isASCII {
                let isBeforeNotation = scalar == "\\" && index < text.count && text[index] >= 0x80
                result += isBeforeNotation ? "\\\\" : String(scalar)
            } else {
                result += Notation.braced(scalar)
            }
        }
        return SafeText(trusted: result, wasEscaped: true)
    }
}
