import SafeText

extension ClientCertificate {
    /// Names that are missing, repeated or not what they look like.
    func nameFindings() -> [CertificateFinding] {
        presenceFindings() + characterFindings() + spiffeFindings()
    }

    private func presenceFindings() -> [CertificateFinding] {
        var found: [CertificateFinding] = []
        if subjectAlternativeNames.isEmpty { found.append(subject.isEmpty ? Self.nobody : Self.onlySubject) }
        if subject["CN"].count > 1 {
            found.append(
                .init(
                    "C33_cn_repeated",
                    .warning,
                    "The common name stands \(subject["CN"].count) times: readers that expect one break.",
                    "practice"
                )
            )
        }
        if isSelfIssued { found.append(Self.selfIssued) }
        if subjectAlternativeNames.contains(where: isWildcard) { found.append(Self.wildcard) }
        return found
    }

    private static let nobody = CertificateFinding(
        "C26_subject_empty_without_san",
        .error,
        "The certificate names nobody: subject and further names are empty.",
        "RFC 5280 section 4.1.2.6"
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
        "RFC 5280 section 6.1"
    )

    private static let wildcard = CertificateFinding(
        "C37_wildcard_in_client_san",
        .warning,
        "A star in a DNS name says nothing about a client.",
        "practice"
    )

    private func characterFindings() -> [CertificateFinding] {
        var found: [CertificateFinding] = []
        let values = (subject.attributes + issuer.attributes).map(\.value) + subjectAlternativeNames.map(plainText)
        if let hostile = values.first(where: { $0.unicodeScalars.contains(where: \.isHiddenOrHarmful) }) {
            found.append(
                .init(
                    "C30_control_or_bidi_in_name",
                    .error,
                    "A name holds control, bidirectional or invisible characters: "
                        + SafeText(hostile).cut(to: 64) + ".",
                    "CWE-150, UTS 39"
                )
            )
        }
        if values.contains(where: { $0.first == " " || $0.last == " " }) {
            found.append(
                .init(
                    "C36_leading_trailing_space",
                    .warning,
                    "A name begins or ends with a blank: lists compare it to the letter.",
                    "practice"
                )
            )
        }
        if subjectAlternativeNames.contains(where: isMalformed) {
            found.append(
                .init(
                    "C29_san_malformed",
                    .error,
                    "A further name is empty, has a NUL or other characters than ASCII, or a wrong length.",
                    "RFC 5280 section 4.2.1.6"
                )
            )
        }
        return found
    }

    private func spiffeFindings() -> [CertificateFinding] {
        let uris = subjectAlternativeNames.compactMap { name -> String? in
            if case .uri(let uri) = name { uri } else { nil }
        }
        guard uris.count > 1, uris.contains(where: { ASCII.lowercased($0).hasPrefix("spiffe://") }) else { return [] }
        return [
            .init(
                "C39_spiffe_uri_count",
                .error,
                "A SPIFFE identity must be the only URI; there are \(uris.count).",
                "SPIFFE X509-SVID section 2"
            )
        ]
    }

    private func isWildcard(_ name: SubjectAlternativeName) -> Bool {
        if case .dns(let host) = name { host.utf8.contains(UInt8(ascii: "*")) } else { false }
    }

    private func isMalformed(_ name: SubjectAlternativeName) -> Bool {
        switch name {
        case .dns(let text), .email(let text), .uri(let text):
            text.isEmpty || !text.utf8.allSatisfy { (0x21...0x7e).contains($0) }
        case .ip(let bytes): bytes.count != 4 && bytes.count != 16
        default: false
        }
    }

    private func plainText(_ name: SubjectAlternativeName) -> String {
        switch name {
        case .dns(let text), .email(let text), .uri(let text), .registeredID(let text): text
        case .directoryName(let name): name.attributes.map(\.value).joined(separator: ",")
        case .otherName(_, _, let value): value ?? ""
        case .ip, .x400, .ediParty: ""
        }
    }
}
