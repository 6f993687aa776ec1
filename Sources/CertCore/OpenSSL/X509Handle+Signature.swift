import COpenSSL

// Who signed what; handles that take part must have been decoded with their keys.
extension X509Handle {
    /// Whether an issuer bears the certificate's issuer name and its key made the certificate's signature.
    func isSigned(by issuer: X509Handle) -> Bool {
        withUnsafeX509 { x509 in
            issuer.withUnsafeX509 { issuer in
                guard X509_NAME_cmp(X509_get_issuer_name(x509), X509_get_subject_name(issuer)) == 0 else {
                    return false
                }
                defer { ERR_clear_error() }
                return X509_verify(x509, X509_get0_pubkey(issuer)) == 1
            }
        }
    }

    /// Whether key usage, if there is any, lets the certificate sign revocation lists (RFC 5280 section 4.2.1.3).
    var maySignRevocationLists: Bool { withUnsafeX509 { X509_get_key_usage($0) & UInt32(KU_CRL_SIGN) != 0 } }
}
