import AuditStore
import CertCore

/// The rejections of a group, and the events of one rejected party in it, in the filter language.
enum PartyFilter {
    /// The filter that finds a group, joined with another one.
    static func filter(_ trait: RejectionTrait, _ filter: AuditFilter?, now: Timestamp) -> AuditFilter? {
        guard let group = try? AuditFilter(parsing: trait.condition, now: now) else { return filter }
        return filter?.joined(with: group) ?? group
    }

    /// The filter that finds a party's events; nil when a name cannot be written in the language.
    static func filter(_ party: PartyName, _ trait: RejectionTrait, now: Timestamp) -> AuditFilter? {
        var words = ["outcome:rej", trait.condition]
        if let fingerprint = party.fingerprint {
            words.append("fp:\(fingerprint)")
        } else if let ip = party.ip, !ip.contains("\"") {
            words.append("ip:\"\(ip)\"")
        }
        return try? AuditFilter(parsing: words.joined(separator: " and "), now: now)
    }

    /// What the language does not say: the group by its reason, and the client without a certificate.
    static func matches(_ event: EventRow, _ party: PartyName, _ trait: RejectionTrait) -> Bool {
        if let key = trait.reason {
            guard event.rejectionClass == key.rejectionClass else { return false }
            let found = RejectionGroupKey(rejectionClass: key.rejectionClass, reason: event.reason)
            guard found.reason == key.reason || key.reason == nil else { return false }
        }
        if let fingerprint = party.fingerprint { return event.certificate?.lookup == fingerprint }
        return event.certificate == nil && event.ip == party.ip
    }
}
