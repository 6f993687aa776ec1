/// The decision about one request.
public struct AuthenticationOutcome: Sendable {
    /// Whether the request may go on.
    public let authenticated: Bool
    /// The HTTP status to answer with: 200, 401, 500, or what the application's error says.
    public let status: Int
    /// The sentence to answer with; nil when authenticated.
    public let message: String?
    /// Why the request was turned away; nil when authenticated.
    public let reason: RejectionReason?
    /// The finer code.
    public let detail: RejectionDetail?
    /// The certificate: also there when the application said no, not when none could be extracted.
    public let certificate: ClientCertificate?
    /// The request with the certificate in it, for the handlers that follow.
    public let request: ClientCertificateRequest
}
