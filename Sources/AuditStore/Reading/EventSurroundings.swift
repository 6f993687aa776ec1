public import CertCore

/// What happened around one event: the facts that say whether one client, one network or a whole service is affected.
///
/// All numbers count the events looked at: the newest ones up to and with the event itself.
public struct EventSurroundings: Hashable, Sendable {
    /// How often something was accepted and rejected.
    public struct Outcomes: Hashable, Sendable {
        /// Times accepted.
        public var accepted: Int64 = 0
        /// Times rejected.
        public var rejected: Int64 = 0

        /// Both together.
        public var total: Int64 { accepted + rejected }
    }

    /// Events of the same service that were rejected for the same reason.
    public struct SameReason: Hashable, Sendable {
        /// How many.
        public var count: Int64 = 0
        /// The first of them.
        public var first: Timestamp?
        /// Distinct addresses they came from.
        public var addresses = 0
        /// Distinct certificates they showed.
        public var certificates = 0
        /// What the service did since the first of them, that one included.
        public var since = Outcomes()
    }

    /// Another certificate of the same identity: the one before, or a renewal.
    public struct Sibling: Hashable, Sendable {
        /// The certificate.
        public let certificate: CertificateSummary
        /// Times it was accepted, ever.
        public let accepted: Int64
        /// Times it was rejected, ever.
        public let rejected: Int64
        /// When it was accepted last.
        public let lastAccepted: Timestamp?
        /// Some of the addresses that presented it lately.
        public let addresses: [String]

        /// Makes a sibling from its parts.
        package init(
            certificate: CertificateSummary,
            accepted: Int64,
            rejected: Int64,
            lastAccepted: Timestamp?,
            addresses: [String]
        ) {
            self.certificate = certificate
            self.accepted = accepted
            self.rejected = rejected
            self.lastAccepted = lastAccepted
            self.addresses = addresses
        }
    }

    /// How many events were looked at.
    public var looked: Int64 = 0
    /// The time of the oldest event looked at.
    public var since: Timestamp?
    /// The event's address, at any service.
    public var address = Outcomes()
    /// The event's service.
    public var service = Outcomes()
    /// The same rejection at the same service.
    public var sameReason = SameReason()
    /// Certificates of the same issuer at the same service.
    public var issuerHere = Outcomes()
    /// Other services that accepted certificates of the same issuer.
    public var issuerAcceptedAt: [String] = []
    /// Services that accepted this very certificate, the event's own included.
    public var acceptedAt: [String] = []
    /// When this certificate was accepted last, before the event.
    public var lastAccepted: Timestamp?
    /// Other certificates of the same identity, the one that ends last first.
    public var siblings: [Sibling] = []

    /// Makes surroundings in which nothing happened.
    package init() {}
}
