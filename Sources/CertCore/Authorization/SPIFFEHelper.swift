/// Lets in certificates with one of these SPIFFE identities.
///
/// A pattern is an identity, as in `spiffe://example.org/ns/prod/sa/web`, or ends with `/*` for every path below, on
/// segment borders. Trust domains fold case, paths do not. The certificate must have exactly one URI name (SPIFFE
/// X509-SVID section 2); a pattern that is no SPIFFE identity matches nothing.
public func allowSPIFFE(_ patterns: [String]) -> AuthorizationCallback {
    let wanted = patterns.compactMap(SPIFFEPattern.init)
    return { certificate, _ in
        let uris = certificate.subjectAlternativeNames.compactMap { name -> String? in
            if case .uri(let uri) = name { uri } else { nil }
        }
        guard uris.count == 1, let identity = SPIFFEPattern.parse(uris[0]) else { return false }
        return wanted.contains { $0.matches(identity) }
    }
}

/// One wanted identity of `allowSPIFFE`.
package struct SPIFFEPattern: Sendable {
    /// Trust domain in lower case and path with its leading slash.
    package typealias Identity = (domain: String, path: String)

    private let domain: String
    private let path: String
    private let takesBelow: Bool

    /// Reads a pattern; nil when it is no SPIFFE identity.
    package init?(_ text: String) {
        let below = text.hasSuffix("/*")
        guard let identity = Self.parse(below ? String(text.dropLast(2)) : text) else { return nil }
        domain = identity.domain
        path = identity.path
        takesBelow = below
    }

    /// Takes an identity apart; nil for user information, ports, queries, fragments, escapes, empty and dot segments.
    package static func parse(_ text: String) -> Identity? {
        let scheme = "spiffe://"
        guard text.utf8.count <= 2048, ASCII.lowercased(String(text.prefix(scheme.count))) == scheme else { return nil }
        let rest = text.dropFirst(scheme.count)
        let slash = rest.firstIndex(of: "/") ?? rest.endIndex
        let domain = ASCII.lowercased(String(rest[..<slash]))
        let path = rest[slash...]
        guard !domain.isEmpty, domain.utf8.allSatisfy(isDomainByte), path.utf8.allSatisfy(isPathByte) else {
            return nil
        }
        let segments = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        guard segments.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." }) else { return nil }
        return (domain, String(path))
    }

    /// Whether an identity is wanted.
    package func matches(_ identity: Identity) -> Bool {
        guard ASCII.same(identity.domain, domain) else { return false }
        if takesBelow { return identity.path.utf8.starts(with: (path + "/").utf8) }
        return ASCII.same(identity.path, path)
    }

    /// SPIFFE-ID section 2.1.
    private static func isDomainByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 48...57, 97...122, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"): true
        default: false
        }
    }

    /// SPIFFE-ID section 2.2.
    private static func isPathByte(_ byte: UInt8) -> Bool {
        isDomainByte(byte) || (65...90).contains(byte) || byte == UInt8(ascii: "/")
    }
}
