/// Percent-decoding (RFC 3986 section 2.1); `+` stays `+`.
enum PercentEncoding {
    /// The decoded bytes; nil when a `%` is not followed by two hexadecimal digits.
    static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        var iterator = text.makeIterator()
        while let byte = iterator.next() {
            guard byte == UInt8(ascii: "%") else {
                result.append(byte)
                continue
            }
            guard let first = iterator.next(), let high = Hexadecimal.value(of: first),
                let second = iterator.next(), let low = Hexadecimal.value(of: second)
            else { return nil }
            result.append(high << 4 | low)
        }
        return result
    }
}
