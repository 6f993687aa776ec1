public import AuditEvents
public import CertCore

/// A certificate that ends soon or has ended, weighed by the traffic that depends on it.
///
/// The use window is the running hour and the 24 before it, so it never costs more than the hourly roll-ups.
public struct ExpiringCertificate: Hashable, Sendable, Identifiable {
    /// The certificate.
    public let certificate: CertificateSummary
    /// How urgent, by time alone; capped at notice when a successor is in use.
    public let level: ExpiryLevel
    /// Milliseconds until the end of validity; negative when it has passed.
    public let remaining: Int64
    /// Accepted in the window.
    public let uses24h: Int64
    /// Part of all accepted authentications of the window, 0…1.
    public let share: Double
    /// Distinct addresses it came from in the window, among the newest 100,000 events of the log.
    public let addresses: Int
    /// Its last event.
    public let lastSeen: Timestamp?
    /// How that event ended.
    public let lastOutcome: AuditEvent.Outcome?
    /// Rejected in the window.
    public let rejected24h: Int64
    /// Accepted, ever.
    public let acceptedEver: Int64
    /// A certificate of the same identity with a later end that has been accepted.
    public let successor: CertificateSummary?
    /// The part of this identity's accepted use in the window that is already on successors, 0…1.
    public let successorShare: Double
    /// True when it has not been seen for longer than seven days and three times its usual gap.
    public let isDormant: Bool

    /// The certificate's id.
    public var id: Int64 { certificate.id }

    /// Makes an entry from its parts.
    package init(
        certificate: CertificateSummary,
        level: ExpiryLevel,
        remaining: Int64,
        uses24h: Int64 = 0,
        share: Double = 0,
        addresses: Int = 0,
        lastSeen: Timestamp? = nil,
        lastOutcome: AuditEvent.Outcome? = nil,
        rejected24h: Int64 = 0,
        acceptedEver: Int64 = 0,
        successor: CertificateSummary? = nil,
        successorShare: Double = 0,
        isDormant: Bool = false
    ) {
        self.certificate = certificate
        self.level = level
        self.remaining = remaining
        self.uses24h = uses24h
        self.share = share
        self.addresses = addresses
        self.lastSeen = lastSeen
        self.lastOutcome = lastOutcome
        self.rejected24h = rejected24h
        self.acceptedEver = acceptedEver
        self.successor = successor
        self.successorShare = successorShare
        self.isDormant = isDormant
    }
}
