/// How close a certificate is to its end, measured against its own lifetime.
///
/// A level begins when the remaining time falls to the smaller of a ceiling in days and a fraction of the lifetime, so
/// that certificates of an hour and of ten years are both warned about in time.
public enum ExpiryLevel: Int, Comparable, Sendable, CaseIterable {
    /// Valid only later; a start less than five minutes ahead counts as clock skew, not as this.
    case notYetValid = -1
    /// Nothing to do.
    case ok = 0
    /// At most 30 days and a third of the lifetime are left.
    case notice = 1
    /// At most 14 days and a fifth of the lifetime are left.
    case warning = 2
    /// At most 7 days and a tenth of the lifetime are left.
    case critical = 3
    /// At most one day and a fiftieth of the lifetime are left.
    case imminent = 4
    /// The last moment has passed.
    case expired = 5

    /// The level's name in one word or two.
    public var title: String {
        switch self {
        case .notYetValid: "not yet valid"
        case .ok: "ok"
        case .notice: "notice"
        case .warning: "warning"
        case .critical: "critical"
        case .imminent: "imminent"
        case .expired: "expired"
        }
    }

    /// The level of a client certificate at a moment.
    ///
    /// A certificate whose end is not after its start is expired; one that ends in the year 9999 never leaves `ok`.
    public static func level(
        notBefore: Timestamp,
        notAfter: Timestamp,
        at time: Timestamp,
        thresholds own: ExpiryThresholds = ExpiryThresholds()
    ) -> ExpiryLevel {
        let lifetime = notAfter - notBefore
        let remaining = notAfter - time
        if lifetime <= 0 || remaining <= 0 { return .expired }
        if notBefore - time >= clockSkew { return .notYetValid }
        if notAfter >= endless { return .ok }
        let reached = thresholds.first { level, days, share in
            remaining <= own.begin(of: level, usually: min(days * CivilTime.millisecondsPerDay, lifetime / share))
        }
        return reached?.0 ?? .ok
    }

    /// The level of a certificate that issues others: its end fails all of them, so it is warned about earlier.
    ///
    /// Notice at 180 days or half of its lifetime, warning at 90 days or a quarter, critical at 30 days or a tenth,
    /// whichever is less; `imminent` as for a client certificate.
    public static func level(
        issuerNotBefore notBefore: Timestamp,
        notAfter: Timestamp,
        at time: Timestamp,
        thresholds: ExpiryThresholds = ExpiryThresholds()
    ) -> ExpiryLevel {
        let own = level(notBefore: notBefore, notAfter: notAfter, at: time, thresholds: thresholds)
        guard own != .expired, own != .notYetValid, notAfter < endless else { return own }
        let (lifetime, remaining) = (notAfter - notBefore, notAfter - time)
        let early = issuerThresholds.first { _, days, share in
            remaining <= min(days * CivilTime.millisecondsPerDay, lifetime / share)
        }
        return max(own, early?.0 ?? .ok)
    }

    /// The next more urgent level, for a certificate whose renewal is late; never beyond `imminent`.
    public var raised: ExpiryLevel {
        switch self {
        case .ok: .notice
        case .notice: .warning
        case .warning: .critical
        case .critical: .imminent
        case .notYetValid, .imminent, .expired: self
        }
    }

    /// Whether the left level is the less urgent one.
    public static func < (left: ExpiryLevel, right: ExpiryLevel) -> Bool { left.rawValue < right.rawValue }

    private static let clockSkew: Int64 = 5 * 60_000

    /// RFC 5280 section 4.1.2.5: 99991231235959Z means that there is no well-defined end.
    private static let endless = Timestamp(year: 9999, month: 1, day: 1)

    private static let thresholds: [(ExpiryLevel, Int64, Int64)] = [
        (.imminent, 1, 50), (.critical, 7, 10), (.warning, 14, 5), (.notice, 30, 3),
    ]

    private static let issuerThresholds: [(ExpiryLevel, Int64, Int64)] = [
        (.critical, 30, 10), (.warning, 90, 4), (.notice, 180, 2),
    ]
}
