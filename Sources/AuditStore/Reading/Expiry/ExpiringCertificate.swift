public import AuditEvents
public import CertCore

/// A certificate that ends soon or has ended, weighed by the traffic that depends on it.
///
/// The use window is the running hour and the 24 before it, so it never costs more than the hourly roll-ups. For a
/// certificate that lives less than two and a half hours ``share`` compares with the traffic of ten lifetimes instead.
public struct ExpiringCertificate: Hashable, Sendable, Identifiable {
    /// What a certificate is for.
    public enum Role: String, Hashable, Sendable {
        /// A client presents it.
        case client
        /// It came along in the chains of others; its numbers are those of the certificates it stands above.
        case issuer
    }

    /// The certificate.
    public let certificate: CertificateSummary
    /// What it is for.
    public let role: Role
    /// For an issuer: how many certificates with events stand below it.
    public let dependents: Int
    /// How urgent: by time, one higher when ``isOverdue``, at most notice when a successor is in use.
    public let level: ExpiryLevel
    /// Milliseconds until the end of validity; negative when it has passed.
    public let remaining: Int64
    /// Accepted in the window.
    public let uses24h: Int64
    /// Part of all accepted authentications of the window, 0…1.
    public let share: Double
    /// Distinct addresses it came from in the window; a lower bound unless ``addressesAreExact``.
    public let addresses: Int
    /// True when the whole window was looked at for addresses, not only the newest part of a long one.
    public let addressesAreExact: Bool
    /// Some addresses that still use it although its identity has a successor, and it is about to end; at most eight.
    public let stragglers: [String]
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
    /// The part of the lifetime after which this identity has usually been renewed; known after three renewals.
    public let usualRenewal: Double?
    /// True when the usual moment of renewal has passed, by more than a twentieth of the lifetime, without a successor.
    public let isOverdue: Bool
    /// True when it has not been seen for longer than seven days and three times its usual gap.
    public let isDormant: Bool

    /// The certificate's id.
    public var id: Int64 { certificate.id }

    /// The part of its lifetime that is left, 0…1; nil when its start is not known.
    public var remainingShare: Double? {
        guard let start = certificate.notBefore, let end = certificate.notAfter, end > start else { return nil }
        return min(1, max(0, Double(remaining) / Double(end - start)))
    }

    /// Makes an entry from its parts.
    package init(
        certificate: CertificateSummary,
        role: Role = .client,
        dependents: Int = 0,
        level: ExpiryLevel,
        remaining: Int64,
        uses24h: Int64 = 0,
        share: Double = 0,
        addresses: Int = 0,
        addressesAreExact: Bool = true,
        stragglers: [String] = [],
        lastSeen: Timestamp? = nil,
        lastOutcome: AuditEvent.Outcome? = nil,
        rejected24h: Int64 = 0,
        acceptedEver: Int64 = 0,
        successor: CertificateSummary? = nil,
        successorShare: Double = 0,
        usualRenewal: Double? = nil,
        isOverdue: Bool = false,
        isDormant: Bool = false
    ) {
        self.certificate = certificate
        self.role = role
        self.dependents = dependents
        self.level = level
        self.remaining = remaining
        self.uses24h = uses24h
        self.share = share
        self.addresses = addresses
        self.addressesAreExact = addressesAreExact
        self.stragglers = stragglers
        self.lastSeen = lastSeen
        self.lastOutcome = lastOutcome
        self.rejected24h = rejected24h
        self.acceptedEver = acceptedEver
        self.successor = successor
        self.successorShare = successorShare
        self.usualRenewal = usualRenewal
        self.isOverdue = isOverdue
        self.isDormant = isDormant
    }
}
