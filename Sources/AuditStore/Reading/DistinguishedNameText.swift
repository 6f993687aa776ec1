/// Reads single attributes out of an RFC 2253 text, for names that are only known as text.
enum DistinguishedNameText {
    /// The first `CN=` value, unescaped; nil when the text has none.
    static func commonName(in text: String) -> String? {
        var start = text.startIndex
        while start < text.endIndex {
            let end = endOfAttribute(in: text, from: start)
            let attribute = text[start..<end].drop { $0 == " " }
            if attribute.lowercased().hasPrefix("cn=") {
                return unescaped(attribute.dropFirst(3))
            }
            start = end < text.endIndex ? text.index(after: end) : end
        }
        return nil
    }

    /// The attribute `CN=…` alone, as it stands in the text; nil when it has none.
    static func onlyCommonName(of text: String?) -> String? {
        guard let text else { return nil }
        var start = text.startIndex
        while start < text.endIndex {
            let end = endOfAttribute(in: text, from: start)
            let attribute = text[start..<end].drop { $0 == " " }
            if attribute.lowercased().hasPrefix("cn=") { return String(attribute) }
            start = end < text.endIndex ? text.index(after: end) : end
        }
        return nil
    }

    private static func endOfAttribute(in text: String, from start: String.Index) -> String.Index {
        var index = start
        while index < text.endIndex {
            switch text[index] {
            case ",", "+": return index
            case "\\":
                index = text.index(after: index)
                if index < text.endIndex { index = text.index(after: index) }
            default: index = text.index(after: index)
            }
        }
        return index
    }

    /// The value without its escapes: a backslash before two hexadecimal digits is one byte of UTF-8, before any other
    /// character that character (RFC 4514 section 2.4).
    private static func unescaped(_ value: Substring) -> String {
        var result: [UInt8] = []
        var rest = Array(value.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\"), let first = rest.first else {
                result.append(byte)
                continue
            }
            rest.removeFirst()
            if let high = digit(first), let low = rest.first.flatMap(digit) {
                rest.removeFirst()
                result.append(high << 4 | low)
            } else {
                result.append(first)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 48...57: byte - 48
        case 65...70: byte - 55
        case 97...102: byte - 87
        default: nil
        }
    }
}
