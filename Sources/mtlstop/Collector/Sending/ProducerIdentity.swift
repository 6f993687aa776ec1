import Glibc

/// The name under which a producer's events are numbered: a random UUID (RFC 9562, version 4).
struct ProducerIdentity: Equatable {
    /// The UUID in lower case.
    let uuid: String

    /// A new one, from the kernel's randomness.
    static func random() -> ProducerIdentity {
        var generator = SystemRandomNumberGenerator()
        var bytes = (0..<16).map { _ in UInt8.random(in: 0...255, using: &generator) }
        bytes[6] = bytes[6] & 0x0F | 0x40
        bytes[8] = bytes[8] & 0x3F | 0x80
        return ProducerIdentity(uuid: text(of: bytes))
    }

    /// Sixteen bytes as the text of a UUID.
    static func text(of bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef")
        var text = ""
        for (index, byte) in bytes.enumerated() {
            if [4, 6, 8, 10].contains(index) { text.append("-") }
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return text
    }

    /// The first line of an acknowledged connection.
    var helloLine: [UInt8] {
        let app = "mtlstop-send/\(ProductVersion.text)"
        return Array("{\"mtlstop\":1,\"producer\":\"\(uuid)\",\"app\":\"\(app)\",\"ack\":true}\n".utf8)
    }
}
