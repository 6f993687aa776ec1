import AuditEvents
import AuditStore
import CertCore
import SafeText

/// Expiring certificates as a table and as JSON.
enum ExpiryTable {
    static let columns: [TextTable.Column] = [
        TextTable.Column(title: "LEFT", alignment: .right, least: 4),
        TextTable.Column(title: "NOT AFTER", least: 10),
        TextTable.Column(title: "LEVEL", least: 8),
        TextTable.Column(title: "SUBJECT", least: 8, shrinks: true),
        TextTable.Column(title: "ISSUER", least: 6, shrinks: true),
        TextTable.Column(title: "24H USE", alignment: .right, least: 4),
        TextTable.Column(title: "TRAFFIC", alignment: .right, least: 5),
        TextTable.Column(title: "IPS", alignment: .right, least: 3),
        TextTable.Column(title: "LAST SEEN", least: 16),
        TextTable.Column(title: "RENEWAL", least: 7, shrinks: true),
    ]

    static func cells(_ entry: ExpiringCertificate) -> [SafeText] {
        [
            SafeText(remaining(entry.remaining)),
            entry.certificate.notAfter.map { SafeText(String($0.rfc3339.prefix(10))) } ?? "-",
            level(entry),
            subject(entry),
            SafeText(entry.certificate.issuerName ?? "-"),
            "\(entry.uses24h)",
            SafeText(percent(entry.share)),
            entry.addressesAreExact ? "\(entry.addresses)" : "\(entry.addresses)+",
            entry.lastSeen.map { SafeText(String(EventTable.time($0).string.prefix(16))) } ?? "-",
            renewal(entry),
        ]
    }

    /// The name; an issuer's with the number of certificates below it.
    private static func subject(_ entry: ExpiringCertificate) -> SafeText {
        let name = SafeText(entry.certificate.displayName ?? "(unnamed)")
        return entry.role == .issuer ? name + " (CA of \(entry.dependents))" : name
    }

    private static func level(_ entry: ExpiringCertificate) -> SafeText {
        if entry.isDormant { return SafeText("dormant, " + entry.level.title) }
        if entry.isOverdue { return SafeText(entry.level.title + ", overdue") }
        if entry.isExpiredInUse { return "expired, in use" }
        return SafeText(entry.level.title)
    }

    private static func renewal(_ entry: ExpiringCertificate) -> SafeText {
        guard let successor = entry.successor else { return "none" }
        let hex = (successor.sha256 ?? successor.sha1)?.hex ?? ""
        let share = whole(entry.successorShare)
        return SafeText("new " + String(hex.prefix(4)) + " " + share)
    }

    /// Days, below two days hours, below two hours minutes; negative after the end.
    static func remaining(_ milliseconds: Int64) -> String {
        let sign = milliseconds < 0 ? "-" : ""
        let minutes = Int64(milliseconds.magnitude / 60_000)
        if minutes < 120 { return "\(sign)\(minutes)m" }
        if minutes < 48 * 60 { return "\(sign)\(minutes / 60)h" }
        return "\(sign)\(minutes / 1440)d"
    }

    /// A share with one decimal.
    static func percent(_ share: Double) -> String {
        let tenths = Int64((share * 1000).rounded())
        return "\(tenths / 10).\(tenths % 10)%"
    }

    /// A share in whole percent.
    static func whole(_ share: Double) -> String { "\(Int((share * 100).rounded()))%" }

    /// One entry as JSON; the keys are a promise, new ones may be added.
    static func writeJSON(_ entry: ExpiringCertificate, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("certificate")
        entry.certificate.writeJSON(to: &writer)
        writer.member("role", entry.role.rawValue)
        writer.member("dependents", entry.dependents)
        writer.member("level", entry.level.title)
        writer.member("remainingSeconds", entry.remaining / 1000)
        if let left = entry.remainingShare {
            writer.member("remainingShare", left)
        } else {
            writer.nullMember("remainingShare")
        }
        writer.member("inUse", entry.uses24h + entry.rejected24h > 0)
        writer.member("dormant", entry.isDormant)
        writer.member("counts", entry.counts)
        writer.member("accepted24h", entry.uses24h)
        writer.member("rejected24h", entry.rejected24h)
        writer.member("share", entry.share)
        writer.member("impact", entry.impact)
        writer.member("addresses", entry.addresses)
        writer.member("addressesExact", entry.addressesAreExact)
        writer.member("lastSeen", entry.lastSeen?.rfc3339)
        writer.member("lastOutcome", entry.lastOutcome?.name)
        writer.key("successor")
        if let successor = entry.successor { successor.writeJSON(to: &writer) } else { writer.null() }
        writer.member("successorShare", entry.successorShare)
        writer.member("stragglers", entry.stragglers)
        if let usual = entry.usualRenewal {
            writer.member("usualRenewal", usual)
        } else {
            writer.nullMember("usualRenewal")
        }
        writer.member("overdue", entry.isOverdue)
        writer.endObject()
    }
}
