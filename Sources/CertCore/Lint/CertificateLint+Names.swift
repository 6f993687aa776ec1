import SafeText

extension LintSubject {
    private var subject: DistinguishedName { certificate.subject }
    private var names: [SubjectAlternativeName] { certificate.subjectAlternativeNames }

    /// C26 to C28, C46: whether the certificate names anybody, and whom.
    var presenceFindings: [CertificateFinding] {
        var found: [CertificateFinding] = []
        if names.isEmpty { found.append(subject.isEmpty ? Self.nobody : Self.onlySubject) }
        if subject.isEmpty, has("2.5.29.17"), !isCritical("2.5.29.17") { found.append(Self.notCritical) }
        if certificate.isSelfIssued { found.append(Self.selfIssued) }
        return found
    }

    private static let nobody = CertificateFinding(
        "C26_subject_empty_without_san",
        .error,
        "The certificate names nobody: subject and further names are empty.",
        "RFC 5280 section 4.1.2.6"
    )

    private static let notCritical = CertificateFinding(
        "C27_san_not_critical_empty_subject",
        .warning,
        "Without a subject the further names must be marked critical.",
        "RFC 5280 section 4.2.1.6",
        explains: [88]
    )

    private static let onlySubject = CertificateFinding(
        "C28_no_san",
        .info,
        "The identity stands only in the subject.",
        "RFC 9525 section 2"
    )

    private static let selfIssued = CertificateFinding(
        "C46_self_signed_leaf",
        .warning,
        "Subject and issuer are the same name.",
        "RFC 5280 section 6.1",
        explains: [18]
    )

    /// C29, C33 to C35, C37, C38: names that are malformed, repeated, too long or of no use.
    var nameFindings: [CertificateFinding] {
        var found: [CertificateFinding] = []
        if names.contains(where: isMalformed) { found.append(Self.malformed) }
        let count = subject["CN"].count
        if count > 1 {
            found.append(
                .init(
                    "C33_cn_repeated",
                    .warning,
                    "The common name stands \(count) times: readers that expect one break.",
                    "practice"
                )
            )
        }
        if let attribute = subject.attributes.first(where: isTooLong) {
            found.append(
                .init(
                    "C34_dn_attribute_too_long",
                    .warning,
                    attribute.name == "C"
                        ? "A country must be two letters." : "The attribute \(attribute.name) is longer than allowed.",
                    "RFC 5280 appendix A"
                )
            )
        }
        if encoding?.hasMultiValuedRDN == true { found.append(Self.together) }
        if names.contains(where: isWildcard) { found.append(Self.wildcard) }
        if !subject["emailAddress"].isEmpty, !names.contains(where: { $0.type == "email" }) {
            found.append(Self.emailOnlyInSubject)
        }
        return found
    }

    private static let malformed = CertificateFinding(
        "C29_san_malformed",
        .error,
        "A further name is empty, has a blank, a NUL or other characters than ASCII, a wrong length, or is a URI "
            + "without a scheme.",
        "RFC 5280 section 4.2.1.6"
    )

    private static let together = CertificateFinding(
        "C35_multi_value_rdn",
        .info,
        "Several attributes stand in one part of the subject: readers put them in different orders.",
        "X.501 section 9.3"
    )

    private static let wildcard = CertificateFinding(
        "C37_wildcard_in_client_san",
        .warning,
        "A star in a DNS name says nothing about a client.",
        "practice"
    )

    private static let emailOnlyInSubject = CertificateFinding(
        "C38_email_only_in_subject",
        .info,
        "The e-mail address stands only in the subject.",
        "RFC 5280 section 4.1.2.6"
    )

    private func isWildcard(_ name: SubjectAlternativeName) -> Bool {
        if case .dns(let host) = name { host.utf8.contains(UInt8(ascii: "*")) } else { false }
    }

    private func isMalformed(_ name: SubjectAlternativeName) -> Bool {
        switch name {
        case .dns(let text), .email(let text): !isPlain(text)
        case .uri(let text): !isPlain(text) || !hasScheme(text)
        case .ip(let bytes): bytes.count != 4 && bytes.count != 16
        default: false
        }
    }

    private func isPlain(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (0x21...0x7e).contains($0) }
    }

    /// RFC 3986 section 3.1.
    private func hasScheme(_ text: String) -> Bool {
        guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else { return false }
        let scheme = text.utf8[..<colon]
        guard let first = scheme.first, (65...90).contains(first & 0xDF) else { return false }
        return scheme.allSatisfy { byte in
            (48...57).contains(byte) || (65...90).contains(byte & 0xDF) || [0x2B, 0x2D, 0x2E].contains(byte)
        }
    }

    /// The upper bounds of RFC 5280 appendix A.1, in characters.
    private func isTooLong(_ attribute: DistinguishedName.Attribute) -> Bool {
        let length = attribute.value.unicodeScalars.count
        switch attribute.name {
        case "C": return length != 2 || !attribute.value.utf8.allSatisfy { (65...90).contains($0 & 0xDF) }
        case "CN", "O", "OU", "title", "serialNumber", "dnQualifier": return length > 64
        case "L", "ST", "pseudonym": return length > 128
        case "emailAddress": return length > 255
        case "SN", "GN", "name", "initials": return length > 32_768
        default: return false
        }
    }
}
