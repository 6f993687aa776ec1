import AuditEvents
import AuditStore
import CertCore
import SafeText

/// The inventory of certificates in each format.
struct CertificateListing {
    let now: Timestamp

    private static let columns: [TextTable.Column] = [
        TextTable.Column(title: "SUBJECT", least: 8, shrinks: true),
        TextTable.Column(title: "ISSUER", least: 6, shrinks: true),
        TextTable.Column(title: "SHA-256", least: 9),
        TextTable.Column(title: "NOT AFTER", least: 10),
        TextTable.Column(title: "LEVEL", least: 6),
        TextTable.Column(title: "OK", alignment: .right, least: 2),
        TextTable.Column(title: "REJ", alignment: .right, least: 3),
        TextTable.Column(title: "LAST SEEN", least: 16),
    ]

    private static let csvColumns = [
        "subject_cn", "subject_dn", "issuer_dn", "san", "serial", "sha256", "not_before", "not_after", "level",
        "accepted", "rejected", "first_seen", "last_seen", "last_outcome", "cert_id",
    ]

    /// Prints the list.
    func print(_ usages: [CertificateUsage], _ format: OutputFormat, _ output: inout StandardOutput) throws {
        switch format {
        case .table:
            let rows = usages.map(cells)
            let table = TextTable(Self.columns, rows: rows, width: OutputWidth.current())
            try output.line(table.header)
            for row in rows { try output.line(table.line(row)) }
        case .ndjson:
            var writer = JSONWriter(capacity: 1024)
            for usage in usages {
                writer.removeAll(keepingCapacity: true)
                write(usage, to: &writer)
                writer.newline()
                try output.write(writer.bytes)
            }
        case .csv:
            try output.write((Self.csvColumns.joined(separator: ",") + "\r\n").utf8)
            for usage in usages { try output.write((record(usage) + "\r\n").utf8) }
        }
    }

    private func level(_ certificate: CertificateSummary) -> ExpiryLevel? {
        guard let notBefore = certificate.notBefore, let notAfter = certificate.notAfter else { return nil }
        return ExpiryLevel.level(notBefore: notBefore, notAfter: notAfter, at: now)
    }

    private func cells(_ usage: CertificateUsage) -> [SafeText] {
        let certificate = usage.certificate
        return [
            SafeText(certificate.displayName ?? "(unnamed)"),
            SafeText(certificate.issuerName ?? "-"),
            Self.shortFingerprint(certificate),
            certificate.notAfter.map { SafeText(String($0.rfc3339.prefix(10))) } ?? "-",
            level(certificate).map { SafeText($0.title) } ?? "-",
            "\(usage.accepted)",
            "\(usage.rejected)",
            usage.lastSeen.map { SafeText(String(EventTable.time($0).string.prefix(16))) } ?? "-",
        ]
    }

    /// The first four and the last four digits, as the dashboard shows them.
    static func shortFingerprint(_ certificate: CertificateSummary) -> SafeText {
        guard let hex = (certificate.sha256 ?? certificate.sha1)?.hex else { return "-" }
        return SafeText(String(hex.prefix(4)) + ":" + String(hex.dropFirst(4).prefix(4)))
    }

    /// One certificate with its numbers as JSON.
    func write(_ usage: CertificateUsage, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("id", usage.id)
        writer.key("certificate")
        usage.certificate.writeJSON(to: &writer)
        writer.member("level", level(usage.certificate)?.title)
        writer.key("usage")
        Self.writeUsage(usage, to: &writer)
        writer.endObject()
    }

    /// The numbers alone.
    static func writeUsage(_ usage: CertificateUsage, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("accepted", usage.accepted)
        writer.member("rejected", usage.rejected)
        writer.member("firstSeen", usage.firstSeen?.rfc3339)
        writer.member("lastSeen", usage.lastSeen?.rfc3339)
        writer.member("lastOutcome", usage.lastOutcome?.name)
        writer.endObject()
    }

    private func record(_ usage: CertificateUsage) -> String {
        let certificate = usage.certificate
        let fields = [
            CSVField.text(certificate.commonName),
            CSVField.text(certificate.subject),
            CSVField.text(certificate.issuer),
            CSVField.list(certificate.subjectAlternativeNames),
            CSVField.hexadecimal(certificate.serial),
            CSVField.hexadecimal(certificate.sha256?.hex),
            certificate.notBefore?.rfc3339 ?? "",
            certificate.notAfter?.rfc3339 ?? "",
            level(certificate)?.title ?? "",
            CSVField.number(usage.accepted),
            CSVField.number(usage.rejected),
            usage.firstSeen?.rfc3339 ?? "",
            usage.lastSeen?.rfc3339 ?? "",
            usage.lastOutcome?.name ?? "",
            CSVField.number(certificate.id),
        ]
        return fields.joined(separator: ",")
    }
}
