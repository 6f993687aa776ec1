import COpenSSL

/// A CA's certificate with its key decoded, to verify what the CA has signed.
///
/// `@unchecked Sendable`: the certificate never changes after `init`; libcrypto fills its cache of extensions under the
/// certificate's own lock.
final class AuthorityHandle: @unchecked Sendable {
    let certificate: ClientCertificate
    private let handle: X509Handle

    init(_ certificate: ClientCertificate) throws(CertificateError) {
        self.certificate = certificate
        handle = try X509Handle(der: certificate.der, decodingKeys: true)
    }

    /// Whether trying a signature with the CA's key takes milliseconds: nobody's choice but of whoever made the key.
    var isCostly: Bool { handle.withUnsafeX509 { PublicKeyCost.isHigh(X509_get0_pubkey($0)) } }

    /// Whether the CA's key made the signature of a certificate in its name; the other must have its key decoded too.
    func hasIssued(_ other: X509Handle) -> Bool { other.isSigned(by: handle) }

    /// Whether a certificate names this CA as its issuer, by name alone.
    func isNamedIssuer(of other: AuthorityHandle) -> Bool {
        handle.withUnsafeX509 { own in
            other.handle.withUnsafeX509 { X509_NAME_cmp(X509_get_issuer_name($0), X509_get_subject_name(own)) == 0 }
        }
    }

    /// Whether the CA's key made the signature of this CA's certificate.
    func hasIssued(_ other: AuthorityHandle) -> Bool { hasIssued(other.handle) }

    /// Whether a list is in the CA's name.
    func isNamed(in list: RevocationListHandle) -> Bool { list.isInName(of: handle) }

    /// Whether the CA has signed a list in its name, and may.
    func hasSigned(_ list: RevocationListHandle) -> Bool { list.isSigned(by: handle) }
}
