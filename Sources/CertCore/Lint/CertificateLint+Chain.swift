import SafeText

extension LintSubject {
    /// C14, C41 to C43: how the certificate fits its issuer, and where to ask whether it is still good.
    var chainFindings: [CertificateFinding] {
        var found: [CertificateFinding] = []
        if let issuer, certificate.notAfter > issuer.notAfter {
            found.append(
                .init(
                    "C14_outlives_issuer",
                    .warning,
                    "The certificate ends after its issuer's, which ends on \(String(issuer.notAfter.rfc3339.prefix(10))).",
                    "practice"
                )
            )
        }
        guard let details else { return found }
        if isMissing("2.5.29.35", details.authorityKeyIdentifier), !certificate.isSelfIssued {
            found.append(Self.noIssuerKey)
        }
        if isMissing("2.5.29.14", details.subjectKeyIdentifier) { found.append(Self.noSubjectKey) }
        let isPointed = has("2.5.29.31") || encoding?.hasStatusService == true
        if !isPointed, !certificate.isSelfIssued, lifetimeInDays > 10 { found.append(Self.noPointer) }
        return found
    }

    /// libcrypto shows no identifier at all where an extension stands twice.
    private func isMissing(_ oid: String, _ identifier: String?) -> Bool {
        identifier == nil && (!has(oid) || repeatedExtension == nil)
    }

    private static let noIssuerKey = CertificateFinding(
        "C41_aki_missing",
        .warning,
        "The issuer's key identifier is missing: chains are harder to build, and a new key of the CA is not noticed.",
        "RFC 5280 section 4.2.1.1",
        explains: [85]
    )

    private static let noSubjectKey = CertificateFinding(
        "C42_ski_missing",
        .info,
        "The key's own identifier is missing.",
        "RFC 5280 section 4.2.1.2",
        explains: [86]
    )

    private static let noPointer = CertificateFinding(
        "C43_no_revocation_pointer",
        .info,
        "The certificate names neither a revocation list nor a status service.",
        "RFC 5280 section 4.2.1.13"
    )

    /// C47 and C48: what other certificates with the same key say.
    var historyFindings: [CertificateFinding] {
        var found: [CertificateFinding] = []
        if let other = context.sameKeySubjects.first {
            found.append(
                .init(
                    "C47_key_reuse_across_identities",
                    .warning,
                    "The same key is used by another subject: " + SafeText(other).cut(to: 128) + ".",
                    "practice"
                )
            )
        }
        if let earlier = context.earlierWithSameKey.first {
            found.append(
                .init(
                    "C48_key_not_rotated",
                    .info,
                    "The certificate was renewed with the key of an earlier one: \(earlier.hex).",
                    "practice"
                )
            )
        }
        return found
    }
}
