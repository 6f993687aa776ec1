/// Names as Node's PeerCertificate writes them: an object of attribute to value, or to several.
package enum PeerName {
    /// The name as RFC 2253 text, last attribute first; nil when `json` is no object.
    package static func rfc2253(json: [UInt8]) -> String? {
        guard let members = try? JSONValue(parsing: json, depth: 16).members else { return nil }
        var parts: [String] = []
        for member in members {
            for value in member.value.elements ?? [member.value] {
                guard let text = value.stringValue else { continue }
                parts.append("\(member.key)=\(escaped(text))")
            }
        }
        return parts.reversed().joined(separator: ",")
    }

    /// Escapes what RFC 2253 section 2.4 names.
    private static func escaped(_ value: String) -> String {
        var result = ""
        let last = value.unicodeScalars.count - 1
        for (position, scalar) in value.unicodeScalars.enumerated() {
            let isEdgeSpace = scalar == " " && (position == 0 || position == last)
            let isLeadingHash = scalar == "#" && position == 0
            if isEdgeSpace || isLeadingHash || ",+\"\\<>;".unicodeScalars.contains(scalar) { result.append("\\") }
            result.unicodeScalars.append(scalar)
        }
        return result
    }
}
