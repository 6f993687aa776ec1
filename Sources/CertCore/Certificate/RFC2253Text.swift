/// The text of a name as RFC 2253 wants it and libcrypto writes it.
enum RFC2253Text {
    /// The attributes in reverse order, each an RDN of its own; the values hold no control characters.
    static func text(_ attributes: [DistinguishedName.Attribute]) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(attributes.reduce(0) { $0 + $1.value.utf8.count + 8 })
        for attribute in attributes.reversed() {
            if !bytes.isEmpty { bytes.append(UInt8(ascii: ",")) }
            bytes.append(contentsOf: attribute.name.utf8)
            bytes.append(UInt8(ascii: "="))
            append(attribute.value, to: &bytes)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func append(_ value: String, to bytes: inout [UInt8]) {
        let last = value.utf8.count - 1
        for (index, byte) in value.utf8.enumerated() {
            let isEdge = (byte == UInt8(ascii: " ") && (index == 0 || index == last)) || (byte == 0x23 && index == 0)
            if isEdge || isSpecial(byte) { bytes.append(UInt8(ascii: "\\")) }
            bytes.append(byte)
        }
    }

    /// RFC 2253 section 2.4.
    private static func isSpecial(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: ","), UInt8(ascii: "+"), UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "<"),
            UInt8(ascii: ">"), UInt8(ascii: ";"):
            true
        default: false
        }
    }
}
