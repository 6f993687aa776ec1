/// The UUID a producer calls itself by (RFC 9562), in lower case.
package enum ProducerID {
    /// Whether the bytes are a UUID in its usual form, in either case.
    static func isValid(_ text: UnsafeRawBufferPointer) -> Bool {
        guard text.count == 36 else { return false }
        for (position, byte) in text.enumerated() {
            let isDash = position == 8 || position == 13 || position == 18 || position == 23
            guard isDash ? byte == UInt8(ascii: "-") : Hexadecimal.value(byte) != nil else { return false }
        }
        return true
    }

    /// A new random UUID (version 4).
    package static func random(using generator: inout some RandomNumberGenerator) -> String {
        var bytes = (0..<16).map { _ in UInt8.random(in: 0...255, using: &generator) }
        bytes[6] = bytes[6] & 0x0f | 0x40
        bytes[8] = bytes[8] & 0x3f | 0x80
        var text = ""
        let digits = Array("0123456789abcdef")
        for (index, byte) in bytes.enumerated() {
            if [4, 6, 8, 10].contains(index) { text.append("-") }
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return text
    }
}
