/// Verifies certificates against trusted ones at any moment, for client authentication.
///
/// A value that may be used by any number of threads at once.
public struct ChainVerifier: Sendable {
    /// How strict a verification is.
    public struct Settings: Hashable, Sendable {
        /// Whether an intermediate may be an anchor.
        public var allowsPartialChain = false
        /// Whether every certificate of the chain is looked up in a revocation list, not only the leaf.
        public var checksWholeChain = false
        /// How many issuers may stand between the leaf and the anchor.
        public var maximumDepth = ClientCertificate.maximumChain
        /// libcrypto's security level, 0 to 5; 1 refuses RSA below 1024 bits and SHA-1, 2 RSA below 2048 bits.
        public var securityLevel = 1

        /// The usual settings.
        public init() {}
    }

    private let store: CertificateStore
    private let settings: Settings
    private let flags: UInt

    /// Takes anchors and revocation lists; with lists, revocation is checked and a missing list is an error.
    public init(
        anchors: [ClientCertificate],
        revocationLists: [RevocationList] = [],
        settings: Settings = Settings()
    ) throws(CertificateError) {
        store = try CertificateStore(anchors: anchors, revocationLists: revocationLists)
        self.settings = settings
        var flags = VerificationFlags.trustedFirst
        if settings.allowsPartialChain { flags |= VerificationFlags.partialChain }
        if !revocationLists.isEmpty {
            flags |=
                settings.checksWholeChain
                ? VerificationFlags.checkChainRevocation : VerificationFlags.checkLeafRevocation
        }
        self.flags = flags
    }

    /// Verifies a certificate as it was at a moment.
    ///
    /// - Parameters:
    ///   - leaf: The certificate.
    ///   - intermediates: What may stand between it and an anchor; nil for what came along with it.
    ///   - time: The moment.
    /// - Throws: When libcrypto cannot read a certificate again, which a parsed one never causes.
    public func verify(
        _ leaf: ClientCertificate,
        intermediates: [ClientCertificate]? = nil,
        at time: Timestamp
    ) throws(CertificateError) -> ChainVerdict {
        try store.verify(
            leaf,
            intermediates: intermediates ?? (leaf.issuers.isEmpty ? leaf.accompanying : leaf.issuers),
            .init(
                time: time,
                flags: flags,
                depth: settings.maximumDepth,
                securityLevel: settings.securityLevel
            )
        )
    }
}
