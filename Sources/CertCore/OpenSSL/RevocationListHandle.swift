import COpenSSL

/// The owner of one `X509_CRL` of libcrypto.
///
/// `@unchecked Sendable`: the list never changes after `init`; libcrypto sorts its entries at the first look-up under the
/// list's own lock.
final class RevocationListHandle: @unchecked Sendable {
    private let list: OpaquePointer

    /// The moment after which a newer list should be there; nil when the list does not say.
    let nextUpdate: Timestamp?

    /// Decodes a list that fills the bytes exactly.
    init(der: [UInt8]) throws(CertificateError) {
        let (decoded, used) = der.withUnsafeBufferPointer { buffer in
            var cursor = buffer.baseAddress
            let decoded = d2i_X509_CRL(nil, &cursor, buffer.count)
            return (decoded, buffer.baseAddress.flatMap { start in cursor.map { $0 - start } } ?? 0)
        }
        ERR_clear_error()
        guard let decoded else { throw CertificateError(.malformed, "the bytes are no revocation list in DER") }
        list = decoded
        nextUpdate = X509_CRL_get0_nextUpdate(decoded).flatMap { ValidityTime($0).timestamp }
        guard used == der.count else {
            throw CertificateError.trailing(der.count - used, after: "revocation list")
        }
    }

    deinit { X509_CRL_free(list) }

    /// Whether the list is of the certificate's issuer, by name alone; names are compared as RFC 5280 section 7.1 says.
    func isOfIssuer(of certificate: X509Handle) -> Bool {
        certificate.withUnsafeX509 { X509_NAME_cmp(X509_CRL_get_issuer(list), X509_get_issuer_name($0)) == 0 }
    }

    /// Whether the list is in a CA's name, by name alone.
    func isInName(of authority: X509Handle) -> Bool {
        authority.withUnsafeX509 { X509_NAME_cmp(X509_CRL_get_issuer(list), X509_get_subject_name($0)) == 0 }
    }

    /// Whether the list is in a CA's name and that CA, decoded with its key, may sign lists and has signed this one.
    func isSigned(by authority: X509Handle) -> Bool {
        guard isInName(of: authority), authority.maySignRevocationLists else { return false }
        defer { ERR_clear_error() }
        return authority.withUnsafeX509 { X509_CRL_verify(list, X509_get0_pubkey($0)) == 1 }
    }

    /// In whose name the list is.
    var issuer: DistinguishedName { NameReader.read(X509_CRL_get_issuer(list)) }

    /// Whether the certificate stands on the list; one that was taken off again (`removeFromCRL`) does not.
    func holds(_ certificate: X509Handle) -> Bool {
        certificate.withUnsafeX509 { x509 in
            var entry: OpaquePointer?
            return X509_CRL_get0_by_cert(list, &entry, x509) == 1
        }
    }
}
