import CertCore

extension ExpiringCertificate {
    /// True when it has ended and was tried after its end, in the window: an outage now.
    public var isExpiredInUse: Bool { level == .expired && uses24h + rejected24h > 0 && counts }

    /// True when it has ended and nobody has tried it since: its use stopped in time.
    public var isPast: Bool {
        guard level == .expired, let end = certificate.notAfter, let lastSeen else { return false }
        return lastSeen <= end
    }

    /// False for those that warn nobody: dormant, never accepted, or ended without being tried since.
    public var counts: Bool { !isDormant && acceptedEver > 0 && !isPast }

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
