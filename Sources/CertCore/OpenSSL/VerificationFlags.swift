import COpenSSL

/// The verification flags of libcrypto that a chain verifier uses.
enum VerificationFlags {
    /// An anchor need not be a root.
    static let partialChain = UInt(X509_V_FLAG_PARTIAL_CHAIN)
    /// The leaf must not be on its issuer's list.
    static let checkLeafRevocation = UInt(X509_V_FLAG_CRL_CHECK)
    /// No certificate of the chain may be on its issuer's list.
    static let checkChainRevocation = UInt(X509_V_FLAG_CRL_CHECK) | UInt(X509_V_FLAG_CRL_CHECK_ALL)
    /// Anchors are preferred to what the client sent.
    static let trustedFirst = UInt(X509_V_FLAG_TRUSTED_FIRST)
}
