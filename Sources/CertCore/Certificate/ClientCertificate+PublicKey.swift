extension ClientCertificate {
    /// The SHA-256 digest of the SubjectPublicKeyInfo as the certificate holds it.
    ///
    /// Two certificates with the same digest belong to whoever holds one private key. The key is not decoded.
    package func publicKeyDigest() throws(CertificateError) -> Fingerprint {
        .sha256(of: try X509Handle(der: der).publicKeyInfo)
    }
}
