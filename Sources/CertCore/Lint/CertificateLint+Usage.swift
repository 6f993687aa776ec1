import SafeText

extension LintSubject {
    private static let usageReference = "RFC 5280 section 4.2.1.12"
    private static let keyUsageReference = "RFC 5280 section 4.2.1.3"

    /// C01 to C04: what the extended key usage allows.
    var usageFindings: [CertificateFinding] {
        guard let usage = certificate.content.extendedKeyUsage else {
            return certificate.isCertificateAuthority
                ? []
                : [
                    .init(
                        "C02_eku_absent",
                        .info,
                        "There is no extended key usage: OpenSSL accepts that, stricter readers do not.",
                        Self.usageReference
                    )
                ]
        }
        let isAny = usage.contains("2.5.29.37.0")
        let isClient = usage.contains("1.3.6.1.5.5.7.3.2")
        var found: [CertificateFinding] = []
        if !isClient, !isAny {
            found.append(
                .init(
                    "C01_eku_missing_client_auth",
                    .error,
                    "The extended key usage lacks clientAuth: servers refuse the certificate.",
                    Self.usageReference,
                    explains: [26]
                )
            )
        }
        if isAny {
            found.append(
                .init("C03_eku_any", .warning, "Any extended key usage is allowed.", Self.usageReference)
            )
        }
        if isClient, usage.contains("1.3.6.1.5.5.7.3.1") {
            found.append(
                .init(
                    "C04_eku_dual_use",
                    .info,
                    "The certificate is for servers and clients; public CAs are giving that up.",
                    "Chrome Root Program Policy"
                )
            )
        }
        return found
    }

    /// C05 and C06: what the key usage allows, and how it is marked.
    var keyUsageFindings: [CertificateFinding] {
        guard let usage = details?.keyUsage else { return [] }
        var found: [CertificateFinding] = []
        if !certificate.isCertificateAuthority, !usage.contains(.digitalSignature), !isForAgreementOnly(usage) {
            found.append(
                .init(
                    "C05_ku_no_digital_signature",
                    .error,
                    "The key usage lacks digitalSignature: the key may not sign a handshake.",
                    Self.keyUsageReference,
                    explains: [26, 39]
                )
            )
        }
        if !isCritical("2.5.29.15") {
            found.append(
                .init(
                    "C06_ku_not_critical",
                    .warning,
                    "The key usage is not marked critical.",
                    Self.keyUsageReference
                )
            )
        }
        return found
    }

    /// TLS 1.2 and earlier could authenticate by a fixed elliptic-curve key that only agrees.
    private func isForAgreementOnly(_ usage: KeyUsage) -> Bool {
        usage.contains(.keyAgreement) && details?.publicKey.algorithm != "RSA"
    }

    /// C07 and C08: a CA where a client should be, and old versions.
    var kindFindings: [CertificateFinding] {
        var found: [CertificateFinding] = []
        if certificate.isCertificateAuthority || details?.keyUsage?.contains(.keyCertSign) == true {
            found.append(
                .init(
                    "C07_leaf_is_ca",
                    .error,
                    certificate.isCertificateAuthority
                        ? "The certificate is a CA: whoever holds its key can issue others."
                        : "The key may sign certificates, which a client never does.",
                    "RFC 5280 section 4.2.1.9",
                    explains: certificate.isCertificateAuthority ? [] : [82]
                )
            )
        }
        if certificate.version < 3 {
            found.append(
                .init(
                    "C08_not_v3",
                    .error,
                    "The version is \(certificate.version), not 3.",
                    "RFC 5280 section 4.1.2.1",
                    explains: [93]
                )
            )
        }
        return found
    }

    /// C39 and C40: the rules of SPIFFE for certificates that bear such an identity.
    var spiffeFindings: [CertificateFinding] {
        guard isSPIFFE else { return [] }
        if uris.count > 1 {
            return [
                .init(
                    "C39_spiffe_uri_count",
                    .error,
                    "A SPIFFE identity must be the only URI; there are \(uris.count).",
                    "SPIFFE X509-SVID section 2"
                )
            ]
        }
        guard let fault = profileFault else { return [] }
        return [.init("C40_spiffe_leaf_profile", .error, fault, "SPIFFE X509-SVID sections 4 and 5")]
    }

    private var profileFault: SafeText? {
        guard let uri = uris.first, let identity = SPIFFEPattern.parse(uri) else {
            return "The SPIFFE identity is not written as one must be."
        }
        if identity.path.isEmpty { return "The SPIFFE identity has no path: it names a trust domain, not a workload." }
        if certificate.isCertificateAuthority { return "A workload's SVID must not be a CA." }
        guard let usage = details?.keyUsage else { return "An SVID must have a key usage." }
        if usage.contains(.keyCertSign) || usage.contains(.crlSign) {
            return "A workload's SVID must not be for signing certificates or revocation lists."
        }
        return usage.contains(.digitalSignature) ? nil : "An SVID must be for digitalSignature."
    }
}
