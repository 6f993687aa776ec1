import CertCore

extension ExpiringCertificate {
    /// True when it has ended and was still tried in the window: an outage now.
    public var isExpiredInUse: Bool { level == .expired && uses24h + rejected24h > 0 && counts }

    /// False for dormant certificates and those never accepted: they warn nobody.
    public var counts: Bool { !isDormant && acceptedEver > 0 }

    /// How much traffic is at stake: the share that is not on a successor yet, with a floor so that rare use counts.
    public var impact: Double { (share + 0.001) * (1 - successorShare) }

    /// What monitoring should hear: 2 expired in use, imminent or critical; 1 warning; 0 otherwise.
    public var severity: Int {
        guard counts else { return 0 }
        switch level {
        case .imminent, .critical: return 2
        case .expired: return isExpiredInUse ? 2 : 0
        case .warning: return 1
        case .ok, .notice, .notYetValid: return 0
        }
    }

    /// Higher is more urgent.
    private var rank: Int {
        if !counts { return -1 }
        switch level {
        case .expired: return isExpiredInUse ? 6 : 0
        case .imminent: return 5
        case .critical: return 4
        case .warning: return 3
        case .notice: return 2
        case .ok, .notYetValid: return 1
        }
    }

    /// The order of the list: level, then impact, then time, then id.
    package func isMoreUrgent(than other: ExpiringCertificate) -> Bool {
        if rank != other.rank { return rank > other.rank }
        if impact != other.impact { return impact > other.impact }
        return (remaining, id) < (other.remaining, other.id)
    }
}
