public import AuditEvents
public import CertCore

/// Which certificates to list.
public struct CertificateQuery: Hashable, Sendable {
    /// The order of the list.
    public enum Order: String, Hashable, Sendable, CaseIterable {
        /// Most recently seen first.
        case lastSeen
        /// Soonest end of validity first; without one last.
        case expiry
        /// By name.
        case subject
        /// Most events first.
        case uses
    }

    /// Which certificates; words about events keep the certificates (and count the events) that match.
    public var filter: AuditFilter?
    /// Only certificates that were still seen at or after this time; nil for no bound.
    public var since: Timestamp?
    /// Only certificates that were first seen before this time; nil for no bound.
    public var until: Timestamp?
    /// The order.
    public var order: Order
    /// True for the other way round.
    public var isReversed: Bool
    /// The most certificates to return.
    public var limit: Int

    /// Makes a query; without arguments it is the 1,000 certificates seen last.
    public init(
        filter: AuditFilter? = nil,
        since: Timestamp? = nil,
        until: Timestamp? = nil,
        order: Order = .lastSeen,
        isReversed: Bool = false,
        limit: Int = 1000
    ) {
        self.since = since
        self.until = until
        self.filter = filter
        self.order = order
        self.isReversed = isReversed
        self.limit = limit
    }
}

/// A certificate and how it was used.
public struct CertificateUsage: Hashable, Sendable, Identifiable {
    /// The certificate.
    public let certificate: CertificateSummary
    /// Times it was accepted.
    public let accepted: Int64
    /// Times it was rejected.
    public let rejected: Int64
    /// Its first event.
    public let firstSeen: Timestamp?
    /// Its last event.
    public let lastSeen: Timestamp?
    /// How the last event ended.
    public let lastOutcome: AuditEvent.Outcome?

    /// The certificate's id.
    public var id: Int64 { certificate.id }

    /// Makes a usage from its parts.
    package init(
        certificate: CertificateSummary,
        accepted: Int64,
        rejected: Int64,
        firstSeen: Timestamp?,
        lastSeen: Timestamp?,
        lastOutcome: AuditEvent.Outcome?
    ) {
        self.certificate = certificate
        self.accepted = accepted
        self.rejected = rejected
        self.firstSeen = firstSeen
        self.lastSeen = lastSeen
        self.lastOutcome = lastOutcome
    }
}
