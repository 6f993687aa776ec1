/// What verifying a chain found.
public struct ChainVerdict: Hashable, Sendable {
    /// The first error, or ``VerificationCode/ok``.
    public let code: VerificationCode
    /// Where it is: 0 for the leaf, 1 for its issuer, and so on.
    public let depth: Int
    /// The chain as it was built, leaf first.
    public let chain: [ClientCertificate]

    /// What kind of fault it is; nil when nothing is wrong.
    public var rejectionClass: RejectionClass? { isTrusted ? nil : code.rejectionClass }

    /// Whether the chain leads to an anchor and nothing is wrong with it.
    public var isTrusted: Bool { code == .ok }
}
