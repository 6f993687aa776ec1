import SafeText

extension LintSubject {
    /// C30 to C32, C36: characters that make a name look like another one.
    var textFindings: [CertificateFinding] {
        var found: [CertificateFinding] = []
        let values = texts
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
        if let mixed = values.first(where: ScriptMixture.isSuspicious) {
            found.append(
                .init(
                    "C31_mixed_script_name",
                    .warning,
                    "A word mixes scripts or imitates another one: " + SafeText(mixed).cut(to: 64) + ".",
                    "UTS 39 section 5"
                )
            )
        }
        if let odd = values.first(where: TextForm.isOdd) {
            found.append(
                .init(
                    "C32_non_nfc_or_mojibake",
                    .info,
                    "A name is not in normal form, or UTF-8 was taken for Latin-1: " + SafeText(odd).cut(to: 64) + ".",
                    "RFC 5280 section 7.1"
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
        return found
    }

    private var texts: [String] {
        (certificate.subject.attributes + certificate.issuer.attributes).map(\.value)
            + certificate.subjectAlternativeNames.flatMap(texts)
    }

    /// A host name also as it looks where it is shown decoded.
    private func texts(_ name: SubjectAlternativeName) -> [String] {
        switch name {
        case .dns(let text): [text] + (Punycode.hostName(text).map { [$0] } ?? [])
        case .email(let text), .uri(let text), .registeredID(let text): [text]
        case .directoryName(let name): name.attributes.map(\.value)
        case .otherName(_, _, let value): value.map { [$0] } ?? []
        case .ip, .x400, .ediParty: []
        }
    }
}
