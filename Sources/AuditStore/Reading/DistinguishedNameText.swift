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

    private static func unescaped(_ value: Substring) -> String {
        var result = ""
        var isEscaped = false
        for character in value {
            if character == "\\", !isEscaped {
                isEscaped = true
            } else {
                result.append(character)
                isEscaped = false
            }
        }
        return result
    }
}
