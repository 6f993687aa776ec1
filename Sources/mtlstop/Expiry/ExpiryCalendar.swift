import AuditStore
import CertCore
import SafeText

/// The ends of certificates as an iCalendar file (RFC 5545), for people who plan renewals in a calendar.
///
/// An event's UID is made of the fingerprint, so that a newer file replaces the events of an older one. Certificates
/// that nobody uses any more and those that have ended are left out.
enum ExpiryCalendar {
    /// RFC 5545 section 3.1: lines are folded at 75 octets.
    private static let longestLine = 75

    /// The whole file.
    static func text(_ list: [ExpiringCertificate], now: Timestamp) -> [UInt8] {
        var lines = [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//mtlstop//expiring//EN", "CALSCALE:GREGORIAN",
            "METHOD:PUBLISH", "X-WR-CALNAME:Client certificates",
        ]
        for entry in list where entry.counts && entry.remaining > 0 { lines += event(entry, now) }
        lines.append("END:VCALENDAR")
        return lines.flatMap(folded)
    }

    private static func event(_ entry: ExpiringCertificate, _ now: Timestamp) -> [String] {
        guard let end = entry.certificate.notAfter else { return [] }
        let name = SafeText(entry.certificate.displayName ?? "(unnamed)")
        let what: SafeText = entry.role == .issuer ? "CA certificate ends" : "client certificate ends"
        var lines = [
            "BEGIN:VEVENT",
            "UID:\(identifier(entry))",
            "DTSTAMP:\(moment(now))",
            "DTSTART:\(moment(end))",
            "SUMMARY:" + escaped(name + ": " + what),
            "DESCRIPTION:" + description(entry).map(escaped).joined(separator: "\\n"),
            "CATEGORIES:" + escaped(SafeText(entry.level.title)),
            "TRANSP:TRANSPARENT",
        ]
        for lead in leads(entry) { lines += alarm(lead, name) }
        return lines + ["END:VEVENT"]
    }

    private static func identifier(_ entry: ExpiringCertificate) -> String {
        let hex = (entry.certificate.sha256 ?? entry.certificate.sha1)?.hex
        return (hex ?? "certificate-\(entry.id)") + "@mtlstop"
    }

    private static func description(_ entry: ExpiringCertificate) -> [SafeText] {
        let certificate = entry.certificate
        var lines: [SafeText] = []
        if let subject = certificate.subject { lines.append("Subject: \(SafeText(subject))") }
        if let issuer = certificate.issuer { lines.append("Issuer: \(SafeText(issuer))") }
        if let serial = certificate.serial { lines.append("Serial: \(SafeText(serial))") }
        if let print = certificate.sha256 { lines.append("SHA-256: \(SafeText(print.colonHex))") }
        lines.append("Use in 24 hours: \(entry.uses24h), \(SafeText(ExpiryTable.percent(entry.share))) of the traffic")
        if entry.successor != nil {
            lines.append("Renewed: \(SafeText(ExpiryTable.whole(entry.successorShare))) of its use has moved")
        }
        return lines
    }

    // MARK: Alarms

    /// How long before the end somebody is told, in milliseconds: where warning and critical begin.
    ///
    /// With a successor in use there is nothing to be told.
    private static func leads(_ entry: ExpiringCertificate) -> [Int64] {
        guard entry.successor == nil, let end = entry.certificate.notAfter else { return [] }
        let lifetime = entry.certificate.notBefore.map { end - $0 } ?? .max
        let day: Int64 = 86_400_000
        let limits: [(Int64, Int64)] = entry.role == .issuer ? [(90, 4), (30, 10)] : [(14, 5), (7, 10)]
        return limits.map { days, share in min(days * day, lifetime / share) }.filter { $0 >= 60_000 }
    }

    private static func alarm(_ lead: Int64, _ name: SafeText) -> [String] {
        [
            "BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-\(duration(lead))",
            "DESCRIPTION:" + escaped(name + " has to be renewed"), "END:VALARM",
        ]
    }

    /// RFC 5545 section 3.3.6, in whole minutes.
    private static func duration(_ milliseconds: Int64) -> String {
        let minutes = milliseconds / 60_000
        if minutes % 1440 == 0 { return "P\(minutes / 1440)D" }
        return "P\(minutes / 1440)DT\(minutes / 60 % 24)H\(minutes % 60)M"
    }

    // MARK: Lines

    /// A time in UTC, as in `20261125T181000Z`; fractions of a second are cut.
    private static func moment(_ time: Timestamp) -> String {
        time.rfc3339.prefix(19).filter { $0 != "-" && $0 != ":" } + "Z"
    }

    /// RFC 5545 section 3.3.11.
    private static func escaped(_ text: SafeText) -> String {
        text.string.replacing("\\", with: "\\\\").replacing(";", with: "\\;").replacing(",", with: "\\,")
    }

    /// The line with its CRLF, folded between characters.
    private static func folded(_ line: String) -> [UInt8] {
        var result: [UInt8] = []
        var length = 0
        for character in line.unicodeScalars {
            let bytes = Array(String(character).utf8)
            if length + bytes.count > longestLine {
                result += [0x0D, 0x0A, 0x20]
                length = 1
            }
            result += bytes
            length += bytes.count
        }
        return result + [0x0D, 0x0A]
    }
}
