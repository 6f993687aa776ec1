public import CertCore

/// Accepted and rejected in a range, in all and over time.
public struct TrafficTotals: Hashable, Sendable {
    /// Authentications that succeeded.
    public let accepted: Int64
    /// Authentications that were refused.
    public let rejected: Int64
    /// The range cut into equal slots, oldest first; empty when none were asked for.
    public let buckets: [TrafficBucket]
    /// Certificates whose first event lies in the range.
    public let newCertificates: Int

    /// Makes totals from their parts.
    package init(accepted: Int64, rejected: Int64, buckets: [TrafficBucket] = [], newCertificates: Int = 0) {
        self.accepted = accepted
        self.rejected = rejected
        self.buckets = buckets
        self.newCertificates = newCertificates
    }

    /// All events of the range.
    public var events: Int64 { accepted + rejected }
}

/// One slot of a range.
public struct TrafficBucket: Hashable, Sendable {
    /// Where the slot starts; a multiple of its length since 1970, so a slot may begin before the range.
    public let start: Timestamp
    /// Accepted in the slot, within the range.
    public let accepted: Int64
    /// Rejected in the slot, within the range.
    public let rejected: Int64

    /// Makes a slot from its parts.
    package init(start: Timestamp, accepted: Int64, rejected: Int64) {
        self.start = start
        self.accepted = accepted
        self.rejected = rejected
    }
}
