/// A refusal by a check of the certificate itself, with one of the reasons that are known.
///
/// The answer to the client is the reason's own; the application's words stand in ``AuthorizationDenied``.
public struct CertificateRefused: Error, Hashable, Sendable {
    /// Why the certificate is refused.
    public let reason: RejectionReason

    /// Refuses for a reason.
    public init(_ reason: RejectionReason) {
        self.reason = reason
    }
}
