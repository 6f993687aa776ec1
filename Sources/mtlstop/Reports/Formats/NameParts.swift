/// The attributes of a distinguished name, read from its RFC 2253 text.
struct NameParts {
    /// The values by upper-case short name, in the text's order.
    private(set) var values: [String: [String]] = [:]

    init(_ text: String) {
        var attribute = ""
        var isEscaped = false
        for character in text {
            if isEscaped {
                attribute.append(character)
                isEscaped = false
            } else if character == "\\" {
                attribute.append(character)
                isEscaped = true
            } else if character == "," || character == "+" {
                add(attribute)
                attribute = ""
            } else {
                attribute.append(character)
            }
        }
        add(attribute)
    }

    /// The values of a name; none when the text has none.
    subscript(name: String) -> [String] { values[name] ?? [] }

    private mutating func add(_ attribute: String) {
        guard let equals = attribute.firstIndex(of: "=") else { return }
        let name = attribute[..<equals].drop { $0 == " " }.uppercased()
        let value = Self.unescaped(attribute[attribute.index(after: equals)...])
        if !value.isEmpty { values[name, default: []].append(value) }
    }

    /// A value without its escapes: `\,` is a comma, `\0A` the byte (RFC 2253 section 2.4).
    private static func unescaped(_ text: Substring) -> String {
        let escaped = Array(text.utf8)
        var bytes: [UInt8] = []
        var index = 0
        while index < escaped.count {
            guard escaped[index] == UInt8(ascii: "\\"), index + 1 < escaped.count else {
                bytes.append(escaped[index])
                index += 1
                continue
            }
            if index + 2 < escaped.count,
                let byte = UInt8(String(decoding: escaped[(index + 1)...(index + 2)], as: UTF8.self), radix: 16)
            {
                bytes.append(byte)
                index += 3
            } else {
                bytes.append(escaped[index + 1])
                index += 2
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
