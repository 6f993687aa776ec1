import AuditEvents
import AuditStore
import CertCore

/// Events as CSV; the columns and their order are a promise, new ones come at the end.
struct EventCSV: EventEncoder {
    /// The titles.
    static let columns = [
        "time", "outcome", "reason", "openssl_code", "openssl_name", "depth", "explanation", "subject_cn",
        "subject_dn", "issuer_dn", "san", "serial", "sha256", "not_before", "not_after", "seconds_left",
        "fraction_left", "key", "sig_alg", "eku", "src_ip", "src_port", "method", "host", "path", "tls_version",
        "cipher", "resumed", "source", "verified", "event_id", "cert_id", "service", "class",
    ]

    /// The header record with its line end.
    static var header: String { columns.joined(separator: ",") + "\r\n" }

    /// What follows the time of most events.
    private static let accepted = Array("authenticated,,,,,".utf8)

    /// Fields that are written once: a certificate's before and after those that depend on the event's time, and
    /// those of a context.
    private enum Part: Int, CaseIterable {
        case names, facts, context
    }

    private var facts = CertificateFacts()
    private let isGuarded: Bool
    private var record: CSVRecord
    private var fragments = FragmentCache(kinds: Part.allCases.count)

    /// - Parameter isGuarded: false leaves texts that look like formulae as they are.
    init(isGuarded: Bool = true) {
        self.isGuarded = isGuarded
        record = CSVRecord(isGuarded: isGuarded)
    }

    var bytes: [UInt8] { record.bytes }

    mutating func begin(_ manifest: ReportManifest) { header() }

    /// The titles as a record.
    mutating func header() {
        for column in Self.columns { record.text(column) }
        record.end()
    }

    mutating func add(_ row: EventRow, _ lookup: CertificateLookup) throws {
        addOutcome(row)
        try addCertificate(row, lookup)
        addRequest(row)
        record.end()
    }

    mutating func clear() { record.clear() }

    private mutating func addOutcome(_ row: EventRow) {
        record.time(row.time)
        if row.isAccepted, row.reason == nil, row.code == nil { return record.ready(Self.accepted) }
        record.text(row.outcome.name)
        record.text(row.reason)
        record.number(row.code.map { Int64($0.rawValue) })
        record.text(row.code.map { "X509_V_ERR_" + $0.name })
        // Nobody reports at which certificate of the chain a check failed.
        record.nothing()
        record.text(row.explanation?.title)
    }

    private mutating func addCertificate(_ row: EventRow, _ lookup: CertificateLookup) throws {
        guard let certificate = row.certificate else { return record.nothing(13) }
        shared(.names, certificate.id) { Self.addNames(certificate, &$0.record) }
        record.number(certificate.notAfter.map { ($0 - row.time) / 1000 })
        record.tenThousandths(Self.fraction(certificate, at: row.time))
        try shared(.facts, certificate.id) { csv in
            Self.add(try csv.facts.facts(of: certificate.id, lookup), &csv.record)
        }
    }

    private mutating func addRequest(_ row: EventRow) {
        record.text(row.ip)
        record.number(row.port.map { Int64($0) })
        record.text(row.method)
        record.text(row.host)
        record.text(row.path)
        shared(.context, row.contextID) { csv in
            csv.record.text(row.tlsProtocol)
            csv.record.text(row.cipher)
            csv.record.flag(row.resumed)
            csv.record.text(row.source)
        }
        record.flag(row.verified)
        record.number(row.id)
        record.number(row.certificate?.id)
        record.text(row.service)
        record.text(row.rejectionClass?.rawValue)
    }

    /// Fields that depend on nothing but a row, written once for it.
    private mutating func shared(
        _ part: Part,
        _ id: Int64?,
        _ body: (inout Self) throws -> Void
    ) rethrows {
        guard let id else { return try body(&self) }
        if let known = fragments[part.rawValue, id] { return record.ready(known) }
        let start = record.bytes.count
        try body(&self)
        // No field of it is the first of a record: a separator comes before.
        fragments.keep(record.bytes[(start + 1)...], part.rawValue, id)
    }

    private static func addNames(_ certificate: CertificateSummary, _ record: inout CSVRecord) {
        record.text(certificate.commonName)
        record.text(certificate.subject)
        record.text(certificate.issuer)
        record.list(certificate.subjectAlternativeNames)
        record.hexadecimal(certificate.serial)
        record.hexadecimal(certificate.sha256?.hex)
        record.text(certificate.notBefore?.rfc3339)
        record.text(certificate.notAfter?.rfc3339)
    }

    private static func add(_ facts: CertificateFacts.Facts, _ record: inout CSVRecord) {
        record.text(facts.key)
        record.text(facts.signatureAlgorithm)
        record.list(facts.extendedKeyUsage)
    }

    /// The part of the validity that was left, in ten-thousandths; negative after its end.
    private static func fraction(_ certificate: CertificateSummary, at time: Timestamp) -> Int64? {
        guard let notBefore = certificate.notBefore, let notAfter = certificate.notAfter, notAfter > notBefore else {
            return nil
        }
        let share = Double(notAfter - time) / Double(notAfter - notBefore)
        return Int64((min(max(share, -1_000_000), 1_000_000) * 10_000).rounded())
    }
}
