import SafeText

extension ClientCertificate {
    /// Keys and signatures that are weak or unusual.
    func keyFindings(_ details: CertificateDetails?) -> [CertificateFinding] {
        guard let details else { return [] }
        return rsaFindings(details.publicKey) + curveFindings(details.publicKey) + signatureFindings(details)
    }

    private func rsaFindings(_ key: CertificateDetails.PublicKey) -> [CertificateFinding] {
        guard key.algorithm.hasPrefix("RSA"), let bits = key.bits else { return [] }
        var found: [CertificateFinding] = []
        if bits < 3072 {
            found.append(
                .init(
                    "C15_rsa_small",
                    bits < 2048 ? .error : .info,
                    "The RSA key has \(bits) bits.",
                    "NIST SP 800-131A",
                    explains: bits < 2048 ? [66] : []
                )
            )
        }
        if let exponent = key.exponent, exponent < 65_537 || exponent % 2 == 0 {
            found.append(
                .init(
                    "C16_rsa_exponent",
                    .warning,
                    "The RSA exponent is \(String(exponent)).",
                    "NIST SP 800-56B"
                )
            )
        }
        return found
    }

    private func curveFindings(_ key: CertificateDetails.PublicKey) -> [CertificateFinding] {
        guard key.algorithm == "EC" else { return [] }
        let usual = ["prime256v1", "secp384r1", "secp521r1"]
        guard !usual.contains(key.curve ?? "") else { return [] }
        return [
            .init(
                "C18_ec_curve",
                .warning,
                "The curve is \(key.curve ?? "without a name"): few TLS stacks take it.",
                "RFC 8422 section 5.1.1"
            )
        ]
    }

    private func signatureFindings(_ details: CertificateDetails) -> [CertificateFinding] {
        let name = ASCII.lowercased(details.signatureAlgorithm)
        guard name.contains("sha1") || name.contains("md5") else { return [] }
        return [
            .init(
                "C20_sig_sha1_md5",
                .error,
                "The signature uses \(details.signatureAlgorithm).",
                "RFC 9155",
                explains: [68]
            )
        ]
    }
}
