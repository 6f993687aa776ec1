/// The first line and the two header fields of an HTTP/1.1 request that the demonstration looks at.
struct HTTPHead: Hashable, Sendable {
    let method: String
    let target: String
    let host: String?
    let userAgent: String?

    /// Reads a request head; nil when its first line has not the three words of RFC 9112 section 3.
    init?(_ bytes: [UInt8]) {
        let lines = bytes.split(separator: 0x0A).map { $0.last == 0x0D ? $0.dropLast() : $0 }
        guard let words = lines.first?.split(separator: 0x20, omittingEmptySubsequences: false), words.count == 3 else {
            return nil
        }
        let fields = lines.dropFirst().prefix { !$0.isEmpty }
        method = String(decoding: words[0], as: UTF8.self)
        target = String(decoding: words[1], as: UTF8.self)
        host = Self.value(of: "host", in: fields)
        userAgent = Self.value(of: "user-agent", in: fields)
    }

    private static func value(of name: String, in fields: ArraySlice<ArraySlice<UInt8>>) -> String? {
        for field in fields {
            guard let colon = field.firstIndex(of: 0x3A) else { continue }
            if String(decoding: field[..<colon], as: UTF8.self).lowercased() == name {
                let value = field[(colon + 1)...].drop { $0 == 0x20 || $0 == 0x09 }
                return String(decoding: value, as: UTF8.self)
            }
        }
        return nil
    }
}
