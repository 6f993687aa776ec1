import AuditStore
import CertCore

/// The events of one rejected party, in the filter language.
enum PartyFilter {
    /// The filter that finds them; nil when a name cannot be written in the language.
    static func filter(_ party: PartyName, _ key: RejectionGroupKey, now: Timestamp) -> AuditFilter? {
        var words = ["outcome:rej", "class:\(key.rejectionClass.rawValue)"]
        if let fingerprint = party.fingerprint {
            words.append("fp:\(fingerprint)")
        } else if let ip = party.ip, !ip.contains("\"") {
            words.append("ip:\"\(ip)\"")
        }
        return try? AuditFilter(parsing: words.joined(separator: " and "), now: now)
    }

    /// What the language does not say: the group by its reason, and the client without a certificate.
    static func matches(_ event: EventRow, _ party: PartyName, _ key: RejectionGroupKey) -> Bool {
        guard event.rejectionClass == key.rejectionClass else { return false }
        let found = RejectionGroupKey(rejectionClass: key.rejectionClass, reason: event.reason)
        guard found.reason == key.reason || key.reason == nil else { return false }
        if let fingerprint = party.fingerprint { return event.certificate?.lookup == fingerprint }
        return event.certificate == nil && event.ip == party.ip
    }
}
