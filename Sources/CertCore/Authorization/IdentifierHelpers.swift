/// Lets in certificates with one of these fingerprints.
///
/// Upper or lower case, colons or not. 64 digits or `SHA256:` before them mean SHA-256, 128 digits SHA-512, 40 digits
/// SHA-1, which can no longer be relied on. A text that is no fingerprint matches nothing.
public func allowFingerprints(_ fingerprints: [String]) -> AuthorizationCallback {
    let wanted = Set(fingerprints.compactMap(Fingerprint.init(parsing:)))
    return { certificate, _ in
        wanted.contains(certificate.sha256)
            || (wanted.contains { $0.algorithm == .sha1 } && wanted.contains(certificate.sha1))
            || (wanted.contains { $0.algorithm == .sha512 } && wanted.contains(certificate.sha512))
    }
}

/// Lets in certificates with one of these serial numbers in hexadecimal digits.
///
/// Case, colons, blanks, `0x` and leading zeros do not matter. A serial number is unique only within one issuer.
public func allowSerial(_ serials: [String]) -> AuthorizationCallback {
    let wanted = Set(serials.compactMap(plainSerial))
    return { certificate, _ in plainSerial(certificate.serialNumber).map(wanted.contains) ?? false }
}

/// Lets in certificates with one of these addresses, among the e-mail names or in the subject; ASCII case is folded.
public func allowEmail(_ addresses: [String]) -> AuthorizationCallback {
    let wanted = Set(addresses.map(ASCII.lowercased).map { Array($0.utf8) })
    return { certificate, _ in
        let named = certificate.subjectAlternativeNames.compactMap { name -> String? in
            if case .email(let address) = name { address } else { nil }
        }
        return (named + certificate.subject["emailAddress"])
            .contains { wanted.contains(Array(ASCII.lowercased($0).utf8)) }
    }
}

/// Whether a text can be a serial number.
func isSerial(_ text: String) -> Bool { plainSerial(text) != nil }

/// The digits alone in lower case, a minus before them where there is one; nil when something else is in the text.
private func plainSerial(_ text: String) -> String? {
    var digits = ASCII.lowercased(text).filter { $0 != ":" && $0 != " " }[...]
    let isNegative = digits.first == "-"
    if isNegative { digits = digits.dropFirst() }
    if digits.hasPrefix("0x") { digits = digits.dropFirst(2) }
    guard !digits.isEmpty, digits.utf8.allSatisfy({ Hexadecimal.value(of: $0) != nil }) else { return nil }
    let significant = digits.drop { $0 == "0" }
    return (isNegative ? "-" : "") + (significant.isEmpty ? "0" : String(significant))
}
