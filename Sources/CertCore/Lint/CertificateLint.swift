import SafeText

extension ClientCertificate {
    /// Looks for what makes trouble in client certificates, the gravest first.
    ///
    /// - Parameter time: When `expired` and `not yet valid` are judged.
    public func findings(at time: Timestamp) -> [CertificateFinding] {
        let details = try? details()
        let all =
            usageFindings() + kindFindings() + keyUsageFindings(details) + validityFindings(at: time)
            + keyFindings(details)
            + serialFindings() + nameFindings() + sizeFindings()
        return all.enumerated()
            .sorted {
                $0.element.severity != $1.element.severity
                    ? $0.element.severity > $1.element.severity : $0.offset < $1.offset
            }
            .map(\.element)
    }

    private func usageFindings() -> [CertificateFinding] {
        guard let usage = content.extendedKeyUsage else {
            return isCertificateAuthority ? [] : [Self.noUsage]
        }
        let isAny = usage.contains("2.5.29.37.0")
        let isClient = usage.contains("1.3.6.1.5.5.7.3.2")
        let isServer = usage.contains("1.3.6.1.5.5.7.3.1")
        return (isClient || isAny ? [] : [Self.noClientUsage]) + (isAny ? [Self.anyUsage] : [])
            + (isClient && isServer ? [Self.dualUsage] : [])
    }

    private static let noClientUsage = CertificateFinding(
        "C01_eku_missing_client_auth",
        .error,
        "The extended key usage lacks clientAuth: servers refuse the certificate.",
        "RFC 5280 section 4.2.1.12",
        explains: [26]
    )

    private static let noUsage = CertificateFinding(
        "C02_eku_absent",
        .info,
        "There is no extended key usage: OpenSSL accepts that, stricter readers do not.",
        "RFC 5280 section 4.2.1.12"
    )

    private static let anyUsage = CertificateFinding(
        "C03_eku_any",
        .warning,
        "Any extended key usage is allowed.",
        "RFC 5280 section 4.2.1.12"
    )

    private static let dualUsage = CertificateFinding(
        "C04_eku_dual_use",
        .info,
        "The certificate is for servers and clients; public CAs are giving that up.",
        "Chrome Root Program Policy"
    )

    private func kindFindings() -> [CertificateFinding] {
        var found: [CertificateFinding] = []
        if isCertificateAuthority {
            found.append(
                .init(
                    "C07_leaf_is_ca",
                    .error,
                    "The certificate is a CA: whoever holds its key can issue others.",
                    "RFC 5280 section 4.2.1.9"
                )
            )
        }
        if version < 3 {
            found.append(
                .init("C08_not_v3", .error, "The version is \(version), not 3.", "RFC 5280 section 4.1.2.1")
            )
        }
        return found
    }

    private func keyUsageFindings(_ details: CertificateDetails?) -> [CertificateFinding] {
        guard let usage = details?.keyUsage, !isCertificateAuthority,
            !usage.contains(.digitalSignature), !usage.contains(.keyAgreement)
        else { return [] }
        return [
            .init(
                "C05_ku_no_digital_signature",
                .error,
                "The key usage lacks digitalSignature: the key may not sign a handshake.",
                "RFC 5280 section 4.2.1.3",
                explains: [26]
            )
        ]
    }

    private func serialFindings() -> [CertificateFinding] {
        var found: [CertificateFinding] = []
        if serialNumber == "0" || serialNumber.hasPrefix("-") {
            found.append(
                .init(
                    "C22_serial_not_positive",
                    .error,
                    "The serial number is zero or negative.",
                    "RFC 5280 section 4.1.2.2"
                )
            )
        }
        if serialNumber.utf8.count > 40 {
            found.append(
                .init(
                    "C23_serial_too_long",
                    .warning,
                    "The serial number has more than 20 octets.",
                    "RFC 5280 section 4.1.2.2"
                )
            )
        }
        return found
    }

    private func sizeFindings() -> [CertificateFinding] {
        guard der.count > 10_240 || subjectAlternativeNames.count > 100 else { return [] }
        return [
            .init(
                "C50_huge",
                .warning,
                "The certificate has \(der.count) bytes and \(subjectAlternativeNames.count) names.",
                "practice"
            )
        ]
    }
}
