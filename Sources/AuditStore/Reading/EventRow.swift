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
    public var service: String? { context.service }
    /// How the certificate was obtained (`socket`, `envoy`, …).
    public var source: String? { context.source }
    /// True when the chain was trusted at the event's time; nil when nobody could tell.
    public let verified: Bool?
    /// The HTTP method.
    public var method: String? { context.method }
    /// The request target as reported, with its query.
    public internal(set) var path: String?
    /// The client's address.
    public internal(set) var ip: String?
    /// The client's port.
    public internal(set) var port: Int?
    /// The host asked for.
    public var host: String? { context.host }
    /// The user agent.
    public var userAgent: String? { context.userAgent }
    /// The TLS version (`TLSv1.3`).
    public var tlsProtocol: String? { context.tlsProtocol }
    /// The cipher suite.
    public var cipher: String? { context.cipher }
    /// The server name the client asked for (SNI).
    public var serverName: String? { context.serverName }
    /// Whether the TLS session was resumed.
    public var resumed: Bool? { context.resumed }
    /// What the TLS layer said went wrong.
    public let authorizationError: String?
    /// The certificate presented; nil when there was none.
    public internal(set) var certificate: CertificateSummary?
    /// The connection that told us.
    public var reporter: Reporter { context.reporter }
    /// True for the first event ever stored with this certificate.
    public let isFirstSeen: Bool
    /// What had to be repaired at intake; the bits of `EventMarks`, 0 when nothing.
    public let marks: Int64

    /// The row of what it shares with other events: service, source, method, host, user agent, TLS and reporter are
    /// the same in all events of one row; nil for an event that is in no database.
    package var contextID: Int64? { context.id }

    /// What it shares with the other events of its connection and service.
    let context: EventContext

    /// Makes a row of an event whose context is known.
    init(
        _ event: NarrowEvent,
        verdict: EventAssembler.Verdict,
        context: EventContext,
        path: String?,
        ip: String?,
        certificate: EventNames.KnownCertificate?
    ) {
        id = event.id
        time = Timestamp(milliseconds: event.time)
        received = Timestamp(milliseconds: event.time &+ event.lag)
        outcome = event.isAccepted ? .authenticated : .rejected
        reason = verdict.reason
        rejectionClass = verdict.rejectionClass
        code = verdict.code
        verified = verdict.verified
        authorizationError = verdict.authorizationError
        port = event.port < 0 ? nil : Int(event.port)
        marks = event.marks
        isFirstSeen = certificate?.firstEvent == event.id
        self.path = path
        self.ip = ip
        self.certificate = certificate?.summary
        self.context = context
    }

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
        self.verified = verified
        self.path = path
        self.ip = ip
        self.port = port
        self.authorizationError = authorizationError
        self.certificate = certificate
        self.isFirstSeen = isFirstSeen
        self.marks = marks
        context = EventContext(
            service: service,
            source: source,
            method: method,
            host: host,
            userAgent: userAgent,
            tlsProtocol: tlsProtocol,
            cipher: cipher,
            serverName: serverName,
            resumed: resumed,
            reporter: reporter
        )
    }
}
