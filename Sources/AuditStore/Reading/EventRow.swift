public import AuditEvents
public import CertCore

/// One stored authentication with every name resolved.
public struct EventRow: Identifiable, Hashable, Sendable {
    /// Position in the log: order of acceptance, never reused.
    public let id: Int64
    /// When it happened, as reported.
    public let time: Timestamp
    /// When the collector took it.
    public let received: Timestamp
    /// Authenticated or rejected.
    public let outcome: AuditEvent.Outcome
    /// What was reported as the reason; nil when authenticated.
    public let reason: String?
    /// The class of a rejection.
    public let rejectionClass: RejectionClass?
    /// The verify code, when one is known.
    public let code: VerificationCode?
    /// The application that authenticated.
    public let service: String?
    /// How the certificate was obtained (`socket`, `envoy`, …).
    public let source: String?
    /// True when the chain was trusted at the event's time; nil when nobody could tell.
    public let verified: Bool?
    /// The HTTP method.
    public let method: String?
    /// The request target as reported, with its query.
    public let path: String?
    /// The client's address.
    public let ip: String?
    /// The client's port.
    public let port: Int?
    /// The host asked for.
    public let host: String?
    /// The user agent.
    public let userAgent: String?
    /// The TLS version (`TLSv1.3`).
    public let tlsProtocol: String?
    /// The cipher suite.
    public let cipher: String?
    /// The server name the client asked for (SNI).
    public let serverName: String?
    /// Whether the TLS session was resumed.
    public let resumed: Bool?
    /// What the TLS layer said went wrong.
    public let authorizationError: String?
    /// The certificate presented; nil when there was none.
    public let certificate: CertificateSummary?
    /// The connection that told us.
    public let reporter: Reporter
    /// True for the first event ever stored with this certificate.
    public let isFirstSeen: Bool
    /// What had to be repaired at intake; the bits of `EventMarks`, 0 when nothing.
    public let marks: Int64

    /// Makes a row from its parts.
    package init(
        id: Int64,
        time: Timestamp,
        received: Timestamp,
        outcome: AuditEvent.Outcome,
        reason: String? = nil,
        rejectionClass: RejectionClass? = nil,
        code: VerificationCode? = nil,
        service: String? = nil,
        source: String? = nil,
        verified: Bool? = nil,
        method: String? = nil,
        path: String? = nil,
        ip: String? = nil,
        port: Int? = nil,
        host: String? = nil,
        userAgent: String? = nil,
        tlsProtocol: String? = nil,
        cipher: String? = nil,
        serverName: String? = nil,
        resumed: Bool? = nil,
        authorizationError: String? = nil,
        certificate: CertificateSummary? = nil,
        reporter: Reporter = Reporter(session: 0),
        isFirstSeen: Bool = false,
        marks: Int64 = 0
    ) {
        self.id = id
        self.time = time
        self.received = received
        self.outcome = outcome
        self.reason = reason
        self.rejectionClass = rejectionClass
        self.code = code
        self.service = service
        self.source = source
        self.verified = verified
        self.method = method
        self.path = path
        self.ip = ip
        self.port = port
        self.host = host
        self.userAgent = userAgent
        self.tlsProtocol = tlsProtocol
        self.cipher = cipher
        self.serverName = serverName
        self.resumed = resumed
        self.authorizationError = authorizationError
        self.certificate = certificate
        self.reporter = reporter
        self.isFirstSeen = isFirstSeen
        self.marks = marks
    }
}
