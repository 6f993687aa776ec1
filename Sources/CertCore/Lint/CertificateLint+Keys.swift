import SafeText

extension LintSubject {
    /// C15 to C19: keys that are weak or unusual.
    var keyFindings: [CertificateFinding] {
        guard let key = details?.publicKey else { return [] }
        return rsaFindings(key) + curveFindings(key)
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
        if let modulus = encoding.flatMap({ PublicKeyHandle(publicKeyInfo: $0.publicKeyInfo)?.rsa?.modulus }),
            FermatFactors.areFound(modulus: modulus)
        {
            found.append(
                .init(
                    "C17_rsa_fermat",
                    .error,
                    "The primes of the RSA key lie so close together that anybody can compute its private key.",
                    "CVE-2022-26320"
                )
            )
        }
        return found
    }

    private func curveFindings(_ key: CertificateDetails.PublicKey) -> [CertificateFinding] {
        if hasExplicitParameters {
            return [
                .init(
                    "C19_ec_explicit_params",
                    .error,
                    "The key spells out its curve instead of naming it.",
                    "RFC 5480 section 2.1.1",
                    explains: [94]
                )
            ]
        }
        let usual = ["prime256v1", "secp384r1", "secp521r1"]
        guard key.algorithm == "EC", !usual.contains(key.curve ?? "") else { return [] }
        return [
            .init(
                "C18_ec_curve",
                .warning,
                "The curve is \(key.curve ?? "without a name"): few TLS stacks take it.",
                "RFC 8422 section 5.1.1"
            )
        ]
    }

    /// After the OID of elliptic-curve keys stands the curve's name (an OID), or a SEQUENCE that describes it.
    private var hasExplicitParameters: Bool {
        guard let info = encoding?.publicKeyInfo.prefix(32) else { return false }
        let oid: [UInt8] = [0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01]
        guard let place = info.indices.first(where: { info[$0...].starts(with: oid) }) else { return false }
        return place <= 8 && info.count > place + oid.count && info[place + oid.count] == 0x30
    }

    /// C20 and C21: how the certificate is signed.
    var signatureFindings: [CertificateFinding] {
        var found: [CertificateFinding] = []
        if let algorithm = details?.signatureAlgorithm, isWeak(ASCII.lowercased(algorithm)) {
            found.append(
                .init(
                    "C20_sig_sha1_md5",
                    .error,
                    "The signature uses \(algorithm).",
                    "RFC 9155, RFC 6194",
                    explains: [68]
                )
            )
        }
        if encoding?.algorithmsAgree == false {
            found.append(
                .init(
                    "C21_sig_alg_mismatch",
                    .error,
                    "The signed algorithm and the one beside the signature differ.",
                    "RFC 5280 section 4.1.1.2",
                    explains: [78]
                )
            )
        }
        return found
    }

    private func isWeak(_ algorithm: String) -> Bool {
        ["sha1", "md5", "md4", "md2", "mdc2"].contains { algorithm.contains($0) }
    }
}
