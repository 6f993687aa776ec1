import SafeText

extension LintSubject {
    /// C44, C45, C49, C50: how the certificate is written.
    var encodingFindings: [CertificateFinding] {
        var found: [CertificateFinding] = []
        if let unknown = encoding?.unknownCritical, !unknown.isEmpty {
            found.append(
                .init(
                    "C44_unknown_critical_extension",
                    .error,
                    "Readers must refuse a critical extension that they do not know: \(unknown.joined(separator: ", ")).",
                    "RFC 5280 section 4.2",
                    explains: [34]
                )
            )
        }
        if let repeated = repeatedExtension {
            found.append(
                .init(
                    "C45_duplicate_extension",
                    .error,
                    "The extension \(repeated) stands several times.",
                    "RFC 5280 section 4.2",
                    explains: [41]
                )
            )
        }
        if let fault = EncodingForm.firstFault(in: certificate.der) {
            found.append(.init("C49_non_der", .warning, "The certificate is not written in DER: \(fault).", "X.690"))
        }
        let count = certificate.subjectAlternativeNames.count
        if certificate.der.count > 10_240 || count > 100 {
            found.append(
                .init(
                    "C50_huge",
                    .warning,
                    "The certificate has \(certificate.der.count) bytes and \(count) names.",
                    "practice"
                )
            )
        }
        return found
    }

    /// The first extension that stands again.
    var repeatedExtension: String? {
        var seen: Set<String> = []
        return details?.extensions.first { !seen.insert($0.oid).inserted }?.oid
    }
}
