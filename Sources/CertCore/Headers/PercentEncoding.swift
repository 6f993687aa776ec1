/// Percent-decoding (RFC 3986 section 2.1); `+` stays `+`.
enum PercentEncoding {
    /// The decoded bytes; nil when a `%` is not followed by two hexadecimal digits.
    static func decode(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        var isValid = true
        let result = [UInt8](unsafeUninitializedCapacity: text.count) { buffer, count in
            var position = 0
            while position < text.count {
                var byte = text[position]
                if byte == UInt8(ascii: "%") {
                    guard position + 2 < text.count, let high = Hexadecimal.value(of: text[position + 1]),
                        let low = Hexadecimal.value(of: text[position + 2])
                    else {
                        isValid = false
                        return
                    }
                    byte = high << 4 | low
                    position += 2
                }
                buffer[count] = byte
                count += 1
                position += 1
            }
        }
        return isValid ? result : nil
    }

    /// The decoded bytes of a part of an array.
    static func decode(_ text: ArraySlice<UInt8>) -> [UInt8]? { text.withUnsafeBufferPointer { decode($0) } }
}
