public import CertCore

/// Something that is different from the period before.
public struct Change: Hashable, Sendable {
    /// What kind of difference.
    public enum Kind: String, CaseIterable, Hashable, Sendable {
        /// A reason of rejection that the period before did not have.
        case newReason
        /// An issuer that no certificate before named.
        case newIssuer
        /// A certificate seen for the first time, and never accepted.
        case newRejected
        /// An expired certificate that is still presented.
        case expiredInUse
        /// An accepted certificate that came from an address it was not seen at before.
        case newAddress
        /// A reason, a service or a certificate whose count moved by more than chance explains.
        case rate
        /// A certificate seen for the first time whose identity had another one before.
        case renewed
        /// A service that reported before and does no more.
        case silentService
        /// A service that did not report before.
        case newService
        /// A certificate seen for the first time, and accepted.
        case newAccepted
        /// A certificate that was accepted before and has not been seen since.
        case gone

        /// How much it asks to be looked at, 1 to 5.
        public var weight: Int {
            switch self {
            case .newReason, .newIssuer: 5
            case .newRejected, .expiredInUse: 4
            case .newAddress, .rate: 3
            case .renewed, .silentService, .newService: 2
            case .newAccepted, .gone: 1
            }
        }
    }

    /// What it is about.
    public enum Subject: Hashable, Sendable {
        /// A certificate.
        case certificate(CertificateSummary)
        /// A certificate at an address.
        case certificateAddress(CertificateSummary, String)
        /// A group of rejections, with its title.
        case reason(RejectionGroupKey, String)
        /// An issuer's name.
        case issuer(String)
        /// A service's name; empty for events that name none.
        case service(String)
    }

    /// What kind of difference.
    public let kind: Kind
    /// What it is about.
    public let subject: Subject
    /// Events of the subject in the period before.
    public let before: Int64
    /// Events of the subject in this period.
    public let now: Int64
    /// When it began, or was seen last; nil when that is not known.
    public let time: Timestamp?

    /// Makes a change from its parts.
    package init(kind: Kind, subject: Subject, before: Int64, now: Int64, time: Timestamp?) {
        self.kind = kind
        self.subject = subject
        self.before = before
        self.now = now
        self.time = time
    }
}

/// The changes of a period against the one before it.
public struct ChangeReport: Hashable, Sendable {
    /// The start of the period; the period before has the same length.
    public let since: Timestamp
    /// Events in the period before.
    public let eventsBefore: Int64
    /// Events in the period.
    public let events: Int64
    /// The changes, those that ask most to be looked at first.
    public let changes: [Change]
    /// True when the database has nothing before the period: then everything would be new, and nothing is told.
    public let hasNoPast: Bool

    /// Makes a report from its parts.
    package init(since: Timestamp, eventsBefore: Int64, events: Int64, changes: [Change], hasNoPast: Bool) {
        self.since = since
        self.eventsBefore = eventsBefore
        self.events = events
        self.changes = changes
        self.hasNoPast = hasNoPast
    }
}
