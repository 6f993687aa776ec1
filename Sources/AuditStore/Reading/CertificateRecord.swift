public import CertCore

/// All the database holds about one certificate.
public struct CertificateRecord: Hashable, Sendable, Identifiable {
    /// A name and how often it occurred with the certificate.
    public struct Count: Hashable, Sendable {
        /// The name: an address, a path or a service.
        public let name: String
        /// How often.
        public let count: Int64

        /// Makes a count.
        package init(name: String, count: Int64) {
            self.name = name
            self.count = count
        }
    }

    /// A day's use, in UTC.
    public struct DayUse: Hashable, Sendable {
        /// Midnight at the start of the day.
        public let day: Timestamp
        /// Accepted that day.
        public let accepted: Int64
        /// Rejected that day.
        public let rejected: Int64

        /// Makes a day.
        package init(day: Timestamp, accepted: Int64, rejected: Int64) {
            self.day = day
            self.accepted = accepted
            self.rejected = rejected
        }
    }

    /// The certificate and its totals.
    public let usage: CertificateUsage
    /// The certificate itself; nil when only fingerprints or names were ever reported.
    public let der: [UInt8]?
    /// What came with it, nearest issuer first.
    public let issuers: [[UInt8]]
    /// Use by day, oldest first; days without use are absent.
    public let days: [DayUse]
    /// Addresses among its newest events, most frequent first.
    public let addresses: [Count]
    /// Paths among its newest events, most frequent first.
    public let paths: [Count]
    /// Services among its newest events, most frequent first.
    public let services: [Count]
    /// How many of its newest events fell into each hour of the day, in UTC; 24 numbers, or none.
    public let hours: [Int]
    /// How many of its newest events the lists and the hours were counted over.
    public let sampledEvents: Int
    /// The newest rejection.
    public let lastRejection: EventRow?

    /// The certificate's id.
    public var id: Int64 { usage.id }

    /// Makes a record from its parts.
    package init(
        usage: CertificateUsage,
        der: [UInt8]? = nil,
        issuers: [[UInt8]] = [],
        days: [DayUse] = [],
        addresses: [Count] = [],
        paths: [Count] = [],
        services: [Count] = [],
        hours: [Int] = [],
        sampledEvents: Int = 0,
        lastRejection: EventRow? = nil
    ) {
        self.usage = usage
        self.der = der
        self.issuers = issuers
        self.days = days
        self.addresses = addresses
        self.paths = paths
        self.services = services
        self.hours = hours
        self.sampledEvents = sampledEvents
        self.lastRejection = lastRejection
    }
}
