import SafeText

/// Lets in certificates with one of these further names.
///
/// `TYPE:value` as Node writes it, the type in any case and `IP:` for `IP Address:`; a value without a type matches a
/// name of any type. DNS names, e-mail and IP addresses fold case; of a URI only scheme and host do. In `DNS:*.a.com` the
/// star is one left-most label. Names are compared by type, never as Node's joined text.
public func allowSAN(_ values: [String]) -> AuthorizationCallback {
    let matchers = values.compactMap(AlternativeNameMatcher.init)
    return { certificate, _ in
        certificate.subjectAlternativeNames.contains { name in matchers.contains { $0.matches(name) } }
    }
}

/// One wanted name of `allowSAN`.
package struct AlternativeNameMatcher: Sendable {
    private let type: String?
    private let value: String

    /// Takes a wanted name apart; nil for one without a value.
    package init?(_ text: String) {
        let known = ["dns", "email", "uri", "ip", "ip address", "dirname", "registered id", "othername", "upn"]
        var value = text
        var type: String?
        if let colon = text.firstIndex(of: ":") {
            let prefix = ASCII.lowercased(String(text[..<colon]))
            if known.contains(prefix) {
                type = prefix == "ip" ? "ip address" : prefix
                value = String(text[text.index(after: colon)...])
            }
        }
        value = Self.unquoted(value)
        guard !value.isEmpty else { return nil }
        self.type = type
        self.value = value
    }

    /// Why no name can ever be this one; nil when one can.
    var complaint: SafeText? {
        switch type {
        case "dns" where value.contains("*"):
            let rest = value.dropFirst(2)
            let isLabel = value.hasPrefix("*.") && !rest.isEmpty && !rest.contains("*")
            return isLabel ? nil : "never matches: a star stands for the whole left-most label, as in DNS:*.example.org"
        case "ip address": return IPAddress(parsing: value) == nil ? "is no address" : nil
        default: return nil
        }
    }

    /// Whether a certificate's name is the wanted one.
    package func matches(_ name: SubjectAlternativeName) -> Bool {
        if let type, type != "upn", type != ASCII.lowercased(name.type) { return false }
        switch name {
        case .dns(let held): return type == "upn" ? false : matchesDNS(held)
        case .email(let held): return type == "upn" ? false : ASCII.sameIgnoringCase(held, value)
        case .uri(let held): return type == "upn" ? false : ASCII.same(Self.foldedURI(held), Self.foldedURI(value))
        case .ip(let bytes): return type == "upn" ? false : matchesAddress(bytes)
        case .directoryName(let held): return type != "upn" && ASCII.same(held.rfc2253, value)
        case .registeredID(let held): return type != "upn" && ASCII.same(held, value)
        case .otherName(_, let label?, let held?): return matchesOther(label, held)
        case .otherName, .x400, .ediParty: return false
        }
    }

    private func matchesDNS(_ held: String) -> Bool {
        if ASCII.sameIgnoringCase(held, value) { return true }
        guard type == "dns", value.hasPrefix("*."), let dot = held.firstIndex(of: "."), dot != held.startIndex
        else { return false }
        return ASCII.sameIgnoringCase(String(held[dot...]), String(value.dropFirst()))
    }

    /// Mapped IPv4 stays apart from IPv4: the certificate says which of the two it means.
    private func matchesAddress(_ bytes: [UInt8]) -> Bool {
        guard let wanted = IPAddress(parsing: value), let held = IPAddress(bytes: bytes) else { return false }
        return wanted == held && (bytes.count == 16) == value.contains(":")
    }

    private func matchesOther(_ label: String, _ held: String) -> Bool {
        switch type {
        case "upn": label == "UPN" && ASCII.same(held, value)
        case "othername": ASCII.same("\(label):\(held)", value)
        default: ASCII.same(held, value) || ASCII.same("\(label):\(held)", value)
        }
    }

    /// Scheme and host in lower case, the rest as it is (RFC 3986 section 6.2.2.1).
    private static func foldedURI(_ text: String) -> String {
        let bytes = Array(text.utf8)
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")) else { return text }
        var end = colon
        if bytes.count > colon + 2, bytes[colon + 1] == UInt8(ascii: "/"), bytes[colon + 2] == UInt8(ascii: "/") {
            let authority = bytes[(colon + 3)...]
            let stop = authority.firstIndex { [UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#")].contains($0) }
            let authorityEnd = stop ?? bytes.count
            // User information before the host is case-sensitive: fold nothing beyond the scheme then.
            end = bytes[(colon + 3)..<authorityEnd].contains(UInt8(ascii: "@")) ? colon : authorityEnd
        }
        let head = bytes[..<end].map { (65...90).contains($0) ? $0 + 32 : $0 }
        return String(decoding: head + bytes[end...], as: UTF8.self)
    }

    /// The text of a JSON string literal as Node quotes names; any other text as it is.
    private static func unquoted(_ text: String) -> String {
        guard text.utf8.count >= 2, text.hasPrefix("\""), text.hasSuffix("\"") else { return text }
        var result = String.UnicodeScalarView()
        var scalars = text.unicodeScalars.dropFirst().dropLast()
        while let scalar = scalars.popFirst() {
            guard scalar == "\\" else {
                result.append(scalar)
                continue
            }
            guard let escape = scalars.popFirst() else { return text }
            if escape == "u" {
                let digits = String(String.UnicodeScalarView(scalars.prefix(4)))
                guard digits.utf8.count == 4, let number = UInt32(digits, radix: 16),
                    let decoded = Unicode.Scalar(number)
                else { return text }
                result.append(decoded)
                scalars = scalars.dropFirst(4)
            } else if escape == "\"" || escape == "\\" {
                result.append(escape)
            } else {
                return text
            }
        }
        return String(result)
    }
}
