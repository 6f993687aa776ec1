/// What looking for a certificate found.
public struct ExtractionResult: Sendable {
    /// Whether a certificate was found that the options accept.
    public let success: Bool
    /// The certificate; it has issuers only when the options include the chain.
    public let certificate: ClientCertificate?
    /// Why there is none.
    public let reason: RejectionReason?
    /// The finer code.
    public let detail: RejectionDetail?
    /// The certificate that was read and then refused, for the audit record.
    public let refused: ClientCertificate?
    /// How the certificate was obtained: `socket`, a preset's name, `header`, or `lambda`.
    public let source: String

    static func found(_ certificate: ClientCertificate, source: String) -> ExtractionResult {
        ExtractionResult(
            success: true,
            certificate: certificate,
            reason: nil,
            detail: nil,
            refused: nil,
            source: source
        )
    }

    static func failed(
        _ reason: RejectionReason,
        _ detail: RejectionDetail? = nil,
        refused: ClientCertificate? = nil,
        source: String
    ) -> ExtractionResult {
        ExtractionResult(
            success: false,
            certificate: nil,
            reason: reason,
            detail: detail,
            refused: refused,
            source: source
        )
    }
}
