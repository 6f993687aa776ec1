import COpenSSL

/// Which certificate counts as the issuer of another while libcrypto builds a chain.
///
/// libcrypto goes by name and key identifier, and takes the first that fits. Two CAs may bear one name (a root with a new
/// key, two environments), and key identifiers may be absent; then only the signature tells them apart.
enum IssuerChoice {
    /// Name and key identifier decide, as libcrypto does by itself.
    case byName
    /// The issuer's key must have made the signature, too.
    case bySignature

    /// Tells the callback of a verification; a mark in slot 0 of the context's own data means ``bySignature``.
    func apply(to context: OpaquePointer?) {
        guard self == .bySignature else { return }
        X509_STORE_CTX_set_ex_data(context, 0, context.map { UnsafeMutableRawPointer($0) })
    }

    /// The callback of a store; answers 1 where the third certificate may have issued the second.
    static let mayHaveIssued: @convention(c) (OpaquePointer?, OpaquePointer?, OpaquePointer?) -> Int32 = {
        context,
        certificate,
        issuer in
        let mismatch = X509_check_issued(issuer, certificate)
        // A CA that may not sign certificates is still the issuer: the verification itself names that fault.
        guard mismatch == X509_V_OK || mismatch == X509_V_ERR_KEYUSAGE_NO_CERTSIGN else { return 0 }
        guard X509_STORE_CTX_get_ex_data(context, 0) != nil else { return 1 }
        return X509_verify(certificate, X509_get0_pubkey(issuer)) == 1 ? 1 : 0
    }
}
