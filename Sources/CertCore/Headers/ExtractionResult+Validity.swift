extension ExtractionResult {
    /// What an extraction ends with once the certificates are there: the leaf with its chain, or that it is not valid now.
    ///
    /// - Parameters:
    ///   - leaf: The client's own certificate.
    ///   - others: What came along, which the certificate shows only where the options ask for the chain.
    ///   - source: How the certificate was obtained.
    ///   - options: Whether the chain is kept, validity checked, and how far clocks may differ.
    ///   - time: When validity is judged.
    static func judged(
        _ leaf: ClientCertificate,
        followedBy others: [ClientCertificate],
        source: String,
        _ options: ExtractionOptions,
        at time: Timestamp
    ) -> ExtractionResult {
        var leaf = leaf
        leaf.accompanying = others
        leaf.issuers = options.includeChain ? others : []
        guard options.checkValidity else { return .found(leaf, source: source) }
        let skew = Int64(options.clockSkewSeconds) * 1000
        if time.advanced(byMilliseconds: -skew) > leaf.notAfter {
            return .failed(.certificateExpired, refused: leaf, source: source)
        }
        if time.advanced(byMilliseconds: skew) < leaf.notBefore {
            return .failed(.certificateNotYetValid, refused: leaf, source: source)
        }
        return .found(leaf, source: source)
    }
}
