/// Percent encoding (RFC 3986 section 2.1), as proxies write PEM text into a log.
enum PercentEncoding {
    /// Decodes into memory of at least as many bytes; nil when an escape is no two hexadecimal digits.
    static func decode(_ text: UnsafeRawBufferPointer, into target: UnsafeMutablePointer<UInt8>) -> Int? {
        var count = 0
        var offset = 0
        while offset < text.count {
            var byte = text[offset]
            offset += 1
            if byte == UInt8(ascii: "%") {
                guard offset + 1 < text.count, let high = Hexadecimal.value(text[offset]),
                    let low = Hexadecimal.value(text[offset + 1])
                else { return nil }
                byte = high << 4 | low
                offset += 2
            }
            target[count] = byte
            count += 1
        }
        return count
    }
}
