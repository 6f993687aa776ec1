import COpenSSL

/// Which revocation lists libcrypto may choose from for a certificate of a chain.
///
/// libcrypto goes by name, and by key identifier where the list has one; of several lists it takes the first that fits.
/// Two CAs may bear one name, and then only a list's signature tells whose it is.
enum ListChoice {
    /// The callback of a store: the lists in the issuer's name that the issuer in the chain has signed.
    ///
    /// It gives all of them when the issuer has signed none, so that libcrypto says what is wrong. The caller frees the
    /// stack and the lists.
    static let listsOfIssuer: @convention(c) (OpaquePointer?, OpaquePointer?) -> OpaquePointer? = { context, name in
        let lists = X509_STORE_CTX_get1_crls(context, name)
        guard COpenSSL_X509_CRL_stack_count(lists) > 1, let issuer = issuer(in: context) else { return lists }
        defer { ERR_clear_error() }
        let key = X509_get0_pubkey(issuer)
        let foreign = (0..<COpenSSL_X509_CRL_stack_count(lists)).filter {
            X509_CRL_verify(COpenSSL_X509_CRL_stack_at(lists, $0), key) != 1
        }
        guard foreign.count < COpenSSL_X509_CRL_stack_count(lists) else { return lists }
        for index in foreign.reversed() { X509_CRL_free(COpenSSL_X509_CRL_stack_remove(lists, index)) }
        return lists
    }

    /// The issuer of the certificate that is looked up: the next of the chain, or its end, which issued itself.
    private static func issuer(in context: OpaquePointer?) -> OpaquePointer? {
        let chain = X509_STORE_CTX_get0_chain(context)
        let last = COpenSSL_X509_stack_count(chain) - 1
        guard last >= 0 else { return nil }
        return COpenSSL_X509_stack_at(chain, min(X509_STORE_CTX_get_error_depth(context) + 1, last))
    }
}
