import AuditEvents
import AuditStore
import CertCore

/// Events as CSV; the columns and their order are a promise, new ones come at the end.
struct EventCSV {
    /// The titles.
    static let columns = [
        "time", "outcome", "reason", "openssl_code", "openssl_name", "depth", "explanation", "subject_cn",
        "subject_dn", "issuer_dn", "san", "serial", "sha256", "not_before", "not_after", "seconds_left",
        "fraction_left", "key", "sig_alg", "eku", "src_ip", "src_port", "method", "host", "path", "tls_version",
        "cipher", "resumed", "source", "verified", "event_id", "cert_id", "service", "class",
    ]

    /// The header record with its line end.
    static var header: String { columns.joined(separator: ",") + "\r\n" }

    /// What the certificates themselves say, for the columns that no event carries.
    var facts: CertificateFacts

    /// An event's record with its line end.
    mutating func record(_ row: EventRow) throws -> String {
        let fields = outcome(row) + (try certificate(row)) + request(row)
        return fields.joined(separator: ",") + "\r\n"
    }

    private func outcome(_ row: EventRow) -> [String] {
        [
            row.time.rfc3339,
            row.outcome.name,
            CSVField.text(row.reason),
            CSVField.number(row.code?.rawValue),
            row.code.map { "X509_V_ERR_" + $0.name } ?? "",
            // Nobody reports at which certificate of the chain a check failed.
            "",
            CSVField.text(Self.explanation(row)),
        ]
    }

    private static func explanation(_ row: EventRow) -> String? {
        guard row.outcome == .rejected else { return nil }
        return Explanation.of(row.rejectionClass ?? .other, code: row.code, reason: row.reason).title
    }

    private mutating func certificate(_ row: EventRow) throws -> [String] {
        guard let certificate = row.certificate else { return Array(repeating: "", count: 13) }
        let facts = try facts.facts(of: certificate.id)
        return [
            CSVField.text(certificate.commonName),
            CSVField.text(certificate.subject),
            CSVField.text(certificate.issuer),
            CSVField.list(certificate.subjectAlternativeNames),
            CSVField.hexadecimal(certificate.serial),
            CSVField.hexadecimal(certificate.sha256?.hex),
            certificate.notBefore?.rfc3339 ?? "",
            certificate.notAfter?.rfc3339 ?? "",
            CSVField.number(certificate.notAfter.map { ($0 - row.time) / 1000 }),
            Self.fraction(certificate, at: row.time),
            CSVField.text(facts.key),
            CSVField.text(facts.signatureAlgorithm),
            CSVField.list(facts.extendedKeyUsage),
        ]
    }

    private func request(_ row: EventRow) -> [String] {
        [
            CSVField.text(row.ip),
            CSVField.number(row.port),
            CSVField.text(row.method),
            CSVField.text(row.host),
            CSVField.text(row.path),
            CSVField.text(row.tlsProtocol),
            CSVField.text(row.cipher),
            CSVField.flag(row.resumed),
            CSVField.text(row.source),
            CSVField.flag(row.verified),
            CSVField.number(row.id),
            CSVField.number(row.certificate?.id),
            CSVField.text(row.service),
            row.rejectionClass?.rawValue ?? "",
        ]
    }

    /// The part of the validity that was left, to four digits; negative after its end.
    private static func fraction(_ certificate: CertificateSummary, at time: Timestamp) -> String {
        guard let notBefore = certificate.notBefore, let notAfter = certificate.notAfter, notAfter > notBefore else {
            return ""
        }
        let share = Double(notAfter - time) / Double(notAfter - notBefore)
        let tenThousandths = Int64((min(max(share, -1_000_000), 1_000_000) * 10_000).rounded())
        let digits = String(tenThousandths.magnitude % 10_000)
        let sign = tenThousandths < 0 ? "-" : ""
        let padding = String(repeating: "0", count: 4 - digits.count)
        return "\(sign)\(tenThousandths.magnitude / 10_000).\(padding)\(digits)"
    }
}
