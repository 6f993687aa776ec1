public import CertCore

/// How much of the traffic stops when, if nothing is renewed.
///
/// The traffic is the accepted authentications of the running hour and the 24 before it. A certificate stops with the
/// earliest end in its chain, as far as the chain is known.
public struct ExpiryForecast: Hashable, Sendable {
    /// What ends up to a moment.
    public struct Horizon: Hashable, Sendable {
        /// Milliseconds from now.
        public let length: Int64
        /// Uses in the window by certificates that end in this time.
        public let uses: Int64
        /// How many certificates those are.
        public let certificates: Int
    }

    /// The part of one issuer.
    public struct IssuerPart: Hashable, Sendable {
        /// The issuer in RFC 2253 order; nil when it was never told.
        public let issuer: String?
        /// Its common name, else the whole text.
        public let name: String?
        /// The same horizons, for its certificates alone.
        public let horizons: [Horizon]
    }

    /// One certificate's end.
    public struct Stop: Hashable, Sendable {
        /// When: the earliest end in its chain.
        public let time: Timestamp
        /// The certificate.
        public let certificate: Int64
        /// The name people know it by.
        public let name: String?
        /// Its uses in the window.
        public let uses: Int64
    }

    /// An hour, a day, seven and thirty days, in milliseconds.
    public static let lengths: [Int64] = [1, 24, 7 * 24, 30 * 24].map { $0 * 3_600_000 }

    /// The most stops that are listed.
    public static let longestList = 100

    /// The moment it was made for.
    public let now: Timestamp
    /// All accepted authentications of the window.
    public let accepted: Int64
    /// Those of certificates that had already ended, and are accepted all the same.
    public let endedUses: Int64
    /// What ends in an hour, a day, seven and thirty days; each includes the ones before.
    public let horizons: [Horizon]
    /// The same by issuer, the largest part within the longest horizon first; only issuers with a part.
    public let issuers: [IssuerPart]
    /// The single ends within the longest horizon, the earliest first; at most ``longestList``.
    public let stops: [Stop]

    /// A part of the traffic, 0…1.
    public func share(_ uses: Int64) -> Double { accepted > 0 ? Double(uses) / Double(accepted) : 0 }

    /// Makes a forecast from uses and their ends.
    init(now: Timestamp, accepted: Int64, ends: [ExpiryEnd]) {
        self.now = now
        self.accepted = accepted
        endedUses = ends.filter { $0.time <= now }.reduce(0) { $0 + $1.uses }
        let ahead = ends.filter { $0.time > now }
        horizons = Self.horizons(ahead, now)
        issuers = Dictionary(grouping: ahead) { $0.issuer }
            .map { issuer, ends in
                let name = issuer.flatMap { DistinguishedNameText.commonName(in: $0) } ?? issuer
                return IssuerPart(issuer: issuer, name: name, horizons: Self.horizons(ends, now))
            }
            .filter { ($0.horizons.last?.certificates ?? 0) > 0 }
            .sorted { left, right in
                let uses = (left.horizons.last?.uses ?? 0, right.horizons.last?.uses ?? 0)
                return uses.0 != uses.1 ? uses.0 > uses.1 : (left.issuer ?? "") < (right.issuer ?? "")
            }
        let longest = now.advanced(byMilliseconds: Self.lengths.last ?? 0)
        stops = ahead.filter { $0.time <= longest }
            .sorted { ($0.time, $1.uses, $0.certificate) < ($1.time, $0.uses, $1.certificate) }
            .prefix(Self.longestList)
            .map { Stop(time: $0.time, certificate: $0.certificate, name: $0.name, uses: $0.uses) }
    }

    private static func horizons(_ ends: [ExpiryEnd], _ now: Timestamp) -> [Horizon] {
        lengths.map { length in
            let within = ends.filter { $0.time - now <= length }
            return Horizon(
                length: length,
                uses: within.reduce(0) { $0 + $1.uses },
                certificates: within.count
            )
        }
    }
}

/// When the use of one certificate ends.
struct ExpiryEnd {
    var time: Timestamp
    var certificate: Int64
    var name: String?
    var issuer: String?
    var uses: Int64
}
