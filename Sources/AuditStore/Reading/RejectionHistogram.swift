public import CertCore

/// The rejections of a range, grouped by what went wrong.
public struct RejectionHistogram: Hashable, Sendable {
    /// All rejections in the range.
    public let total: Int64
    /// All rejections in the period of the same length just before; 0 when the range has no start.
    public let previousTotal: Int64
    /// Distinct certificates among them.
    public let subjects: Int
    /// Distinct client addresses among them.
    public let addresses: Int
    /// True when `subjects` and `addresses` were counted over the newest part of the range only.
    public let countsAreLowerBounds: Bool
    /// The groups, most rejections first.
    public private(set) var groups: [RejectionGroup]

    /// Makes a histogram from its parts.
    package init(
        total: Int64,
        previousTotal: Int64,
        subjects: Int,
        addresses: Int,
        countsAreLowerBounds: Bool = false,
        groups: [RejectionGroup]
    ) {
        self.total = total
        self.previousTotal = previousTotal
        self.subjects = subjects
        self.addresses = addresses
        self.countsAreLowerBounds = countsAreLowerBounds
        self.groups = groups
    }

    /// The same with its groups in another order.
    package func reordered(_ order: ([RejectionGroup]) -> [RejectionGroup]) -> RejectionHistogram {
        var copy = self
        copy.groups = order(groups)
        return copy
    }
}

/// What makes two rejections the same: the class, and where the class says too little the reported reason.
public struct RejectionGroupKey: Hashable, Sendable {
    /// The class.
    public let rejectionClass: RejectionClass
    /// The reason, only for `header`, `verify_header` and `policy`; a thrown message by its template; nil for none.
    public let reason: String?

    /// True for the classes whose rejections are grouped by their reason too.
    package var groupsByReason: Bool {
        switch rejectionClass {
        case .header, .verifyHeader, .policy: true
        default: false
        }
    }

    /// Makes a key; the reason is dropped for classes that do not group by it.
    public init(rejectionClass: RejectionClass, reason: String?) {
        self.rejectionClass = rejectionClass
        switch rejectionClass {
        case .header, .verifyHeader, .policy:
            self.reason = reason.flatMap { $0.isEmpty ? nil : ReasonTemplate.template($0) }
        default: self.reason = nil
        }
    }
}

/// One group of rejections.
public struct RejectionGroup: Hashable, Sendable {
    /// What the group shares.
    public let key: RejectionTrait
    /// The group in people's words.
    public let title: String
    /// Rejections in the range.
    public let count: Int64
    /// Rejections in the period before.
    public let previousCount: Int64
    /// The time of the newest one.
    public let last: Timestamp
    /// The id of the newest one; 0 where it is not known.
    public let lastEvent: Int64
    /// The range in 16 equal slots, oldest first.
    public let trend: [Int]

    /// Makes a group from its parts.
    package init(
        key: RejectionTrait,
        title: String,
        count: Int64,
        previousCount: Int64,
        last: Timestamp,
        lastEvent: Int64 = 0,
        trend: [Int]
    ) {
        self.key = key
        self.title = title
        self.count = count
        self.previousCount = previousCount
        self.last = last
        self.lastEvent = lastEvent
        self.trend = trend
    }
}

/// Who was rejected: a certificate, or an address when there was no certificate.
public struct RejectedParty: Hashable, Sendable {
    /// The certificate; nil when none was presented.
    public let certificate: CertificateSummary?
    /// The newest address it came from.
    public let ip: String?
    /// Rejections in the range.
    public let count: Int64
    /// The first of them.
    public let first: Timestamp
    /// The last of them.
    public let last: Timestamp
    /// How often this certificate was accepted, ever.
    public let accepted: Int64
    /// When it was last accepted.
    public let lastAccepted: Timestamp?
    /// The id of the last of them; 0 where it is not known.
    public let lastEvent: Int64
    /// What went wrong the last time; nil when that is not known.
    public let latest: RejectionGroupKey?

    /// Makes a party from its parts.
    package init(
        certificate: CertificateSummary?,
        ip: String?,
        count: Int64,
        first: Timestamp,
        last: Timestamp,
        accepted: Int64,
        lastAccepted: Timestamp?,
        lastEvent: Int64 = 0,
        latest: RejectionGroupKey? = nil
    ) {
        self.certificate = certificate
        self.ip = ip
        self.count = count
        self.first = first
        self.last = last
        self.accepted = accepted
        self.lastAccepted = lastAccepted
        self.lastEvent = lastEvent
        self.latest = latest
    }
}
