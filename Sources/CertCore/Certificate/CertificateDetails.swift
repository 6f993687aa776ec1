public import SafeText

/// What a certificate says beyond Node's object: read only when somebody looks.
public struct CertificateDetails: Hashable, Sendable {
    /// One extension as it stands in the certificate.
    public struct Extension: Hashable, Sendable {
        /// The dotted OID.
        public let oid: String
        /// libcrypto's name, or the OID.
        public let name: String
        /// Whether a reader that does not understand it must refuse the certificate.
        public let isCritical: Bool
        /// libcrypto's text, or hexadecimal digits; holds whatever the certificate holds.
        public let text: String
    }

    /// The public key.
    public struct PublicKey: Hashable, Sendable {
        /// The kind, as in `RSA`, `EC`, `ED25519`; `unknown` when it cannot be decoded.
        public let algorithm: String
        /// The size in bits; nil when it cannot be decoded.
        public let bits: Int?
        /// The curve's name.
        public let curve: String?
        /// The exponent of an RSA key.
        public let exponent: UInt64?
        /// The SHA-256 digest of the SubjectPublicKeyInfo, for pinning.
        public let sha256: Fingerprint
    }

    /// The version, 1 to 3.
    public let version: Int
    /// The signature algorithm, as in `ecdsa-with-SHA256`.
    public let signatureAlgorithm: String
    /// The public key.
    public let publicKey: PublicKey
    /// What the key may be used for; nil when the certificate does not say.
    public let keyUsage: KeyUsage?
    /// How many CAs may follow below this one; nil when not limited.
    public let pathLength: Int?
    /// The key's identifier in lower-case hexadecimal digits.
    public let subjectKeyIdentifier: String?
    /// The identifier of the issuer's key.
    public let authorityKeyIdentifier: String?
    /// All extensions in the certificate's order.
    public let extensions: [Extension]

    /// Writes the details as a JSON object.
    public func writeJSON(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("version", version)
        writer.member("signatureAlgorithm", signatureAlgorithm)
        writer.key("publicKey" as StaticString)
        writer.beginObject()
        writer.member("algorithm", publicKey.algorithm)
        writer.member("bits", publicKey.bits)
        writer.member("curve", publicKey.curve)
        writer.member("sha256", publicKey.sha256.hex)
        writer.endObject()
        if let keyUsage { writer.member("keyUsage", keyUsage.names) } else { writer.nullMember("keyUsage") }
        writer.member("pathLength", pathLength)
        writer.member("subjectKeyIdentifier", subjectKeyIdentifier)
        writer.member("authorityKeyIdentifier", authorityKeyIdentifier)
        writer.key("extensions" as StaticString)
        writer.beginArray()
        for item in extensions {
            writer.beginObject()
            writer.member("oid", item.oid)
            writer.member("name", item.name)
            writer.member("critical", item.isCritical)
            writer.member("text", item.text)
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
    }
}

extension ClientCertificate {
    /// Reads the details; decodes the public key, which takes nine times as long as the parse.
    public func details() throws(CertificateError) -> CertificateDetails {
        let handle = try X509Handle(der: der, decodingKeys: true)
        let info = handle.publicKeyInfo
        let key = PublicKeyHandle(publicKeyInfo: info)
        return CertificateDetails(
            version: version,
            signatureAlgorithm: handle.signatureAlgorithm,
            publicKey: .init(
                algorithm: key?.algorithm ?? "unknown",
                bits: key?.bits,
                curve: key?.ellipticCurve?.curve,
                exponent: key?.rsa?.exponent,
                sha256: .sha256(of: info)
            ),
            keyUsage: handle.keyUsage,
            pathLength: handle.pathLength,
            subjectKeyIdentifier: handle.subjectKeyIdentifier.map { Hexadecimal.text($0) },
            authorityKeyIdentifier: handle.authorityKeyIdentifier.map { Hexadecimal.text($0) },
            extensions: handle.extensions
        )
    }
}
