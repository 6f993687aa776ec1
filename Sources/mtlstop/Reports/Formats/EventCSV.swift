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

    /// A certificate's fields before and after those that depend on the event's time.
    private struct Written {
        var names: [UInt8]
        var facts: [UInt8]
    }

    /// How many certificates are kept written: 1 KB each.
    private static let mostWritten = 10_000

    private var facts = CertificateFacts()
    private let isGuarded: Bool
    private var record: CSVRecord
    private var written = DenseTable<Written>(most: mostWritten / 2)
    private var contexts = DenseTable<[UInt8]>(most: mostWritten)

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
        let written = try self.written[certificate.id] ?? write(certificate, lookup)
        record.ready(written.names)
        record.number(certificate.notAfter.map { ($0 - row.time) / 1000 })
        record.tenThousandths(Self.fraction(certificate, at: row.time))
        record.ready(written.facts)
    }

    private mutating func addRequest(_ row: EventRow) {
        record.text(row.ip)
        record.number(row.port.map { Int64($0) })
        record.text(row.method)
        record.text(row.host)
        record.text(row.path)
        shared(row.contextID) { record in
            record.text(row.tlsProtocol)
            record.text(row.cipher)
            record.flag(row.resumed)
            record.text(row.source)
        }
        record.flag(row.verified)
        record.number(row.id)
        record.number(row.certificate?.id)
        record.text(row.service)
        record.text(row.rejectionClass?.rawValue)
    }

    /// Fields of a context, written once.
    private mutating func shared(_ id: Int64?, _ body: (inout CSVRecord) -> Void) {
        guard let id else { return body(&record) }
        if let known = contexts[id] { return record.ready(known) }
        var fields = CSVRecord(isGuarded: isGuarded, capacity: 64)
        body(&fields)
        contexts[id] = fields.bytes
        record.ready(fields.bytes)
    }

    private mutating func write(_ certificate: CertificateSummary, _ lookup: CertificateLookup) throws -> Written {
        let facts = try facts.facts(of: certificate.id, lookup)
        let names = [
            CSVField.text(certificate.commonName, isGuarded: isGuarded),
            CSVField.text(certificate.subject, isGuarded: isGuarded),
            CSVField.text(certificate.issuer, isGuarded: isGuarded),
            CSVField.list(certificate.subjectAlternativeNames, isGuarded: isGuarded),
            CSVField.hexadecimal(certificate.serial, isGuarded: isGuarded),
            CSVField.hexadecimal(certificate.sha256?.hex),
            certificate.notBefore?.rfc3339 ?? "",
            certificate.notAfter?.rfc3339 ?? "",
        ]
        let rest = [
            CSVField.text(facts.key, isGuarded: isGuarded),
            CSVField.text(facts.signatureAlgorithm, isGuarded: isGuarded),
            CSVField.list(facts.extendedKeyUsage, isGuarded: isGuarded),
        ]
        let result = Written(
            names: Array(names.joined(separator: ",").utf8),
            facts: Array(rest.joined(separator: ",").utf8)
        )
        written[certificate.id] = result
        return result
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
