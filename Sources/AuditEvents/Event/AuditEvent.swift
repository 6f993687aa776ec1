public import CertCore

/// One authentication decision: what a hook saw, as a value.
public struct AuditEvent: Hashable, Sendable {
    /// What was decided.
    public enum Outcome: UInt8, CaseIterable, Sendable {
        /// The client was let in.
        case authenticated = 0
        /// The client was turned away.
        case rejected = 1

        /// The word used on the wire and in every output.
        public var name: String {
            switch self {
            case .authenticated: "authenticated"
            case .rejected: "rejected"
            }
        }
    }

    /// What was decided.
    public var outcome: Outcome
    /// When; nil means when the collector received it.
    public var time: Timestamp?
    /// The application that decided.
    public var service: String?
    /// How the certificate was obtained: `socket`, or the preset of a proxy.
    public var source: String?
    /// Why it was rejected: a reason code of the authenticator or the message of a thrown error.
    public var reason: String?
    /// What is known of the client's certificate; nil when it sent none.
    public var certificate: CertificateClaim?
    /// What was asked for, and from where.
    public var request: RequestInfo
    /// What the TLS layer said.
    public var tls: TLSInfo

    /// An event from its parts.
    public init(
        outcome: Outcome,
        time: Timestamp? = nil,
        service: String? = nil,
        source: String? = nil,
        reason: String? = nil,
        certificate: CertificateClaim? = nil,
        request: RequestInfo = RequestInfo(),
        tls: TLSInfo = TLSInfo()
    ) {
        self.outcome = outcome
        self.time = time
        self.service = service
        self.source = source
        self.reason = reason
        self.certificate = certificate
        self.request = request
        self.tls = tls
    }
}
