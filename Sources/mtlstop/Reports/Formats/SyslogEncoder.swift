import AuditEvents
import AuditStore
import CertCore

/// Events as syslog messages (RFC 5424), one a line.
///
/// Facility authpriv: 86 for a client let in, 84 for one turned away. The structured data carries every field, the
/// message a sentence; 32473 is the enterprise number that RFC 5612 reserves for documents.
struct SyslogEncoder: EventEncoder {
    private var record = PairRecord(
        .init(separator: 0x20, quote: UInt8(ascii: "\""), escaped: [UInt8(ascii: "\""), UInt8(ascii: "]")])
    )
    private let host: String

    var bytes: [UInt8] { record.bytes }

    init(host: String) {
        let printable = host.unicodeScalars.filter { $0.value > 0x20 && $0.value < 0x7F }.prefix(255)
        self.host = printable.isEmpty ? "-" : String(String.UnicodeScalarView(printable))
    }

    mutating func clear() { record.clear() }

    mutating func add(_ row: EventRow, _ lookup: CertificateLookup) {
        head(row)
        record.pair("id", number: row.id)
        record.pair("outcome", row.outcome.name)
        record.pair("reason", row.reason)
        record.pair("class", row.rejectionClass?.rawValue)
        record.pair("code", number: row.code?.rawValue)
        record.shared(.service, row.contextID) { record in
            record.pair("service", row.service)
            record.pair("source", row.source)
        }
        record.pair("verified", flag: row.verified)
        record.pair("ip", row.ip)
        record.pair("port", number: row.port)
        record.pair("method", row.method)
        record.pair("path", row.path)
        record.shared(.request, row.contextID) { Self.request(row, &$0) }
        record.shared(.certificate, row.certificate?.id) { Self.certificate(row.certificate, &$0) }
        record.literal("] \u{FEFF}")
        record.shared(.sentence, row.isAccepted ? row.certificate?.id : nil) { record in
            record.plain(row.sentence.shown(atMost: 1024))
        }
        record.end()
    }

    private mutating func head(_ row: EventRow) {
        record.literal(row.isAccepted ? "<86>1 " : "<84>1 ")
        record.time(row.time)
        record.shared(.head, row.contextID) { record in
            record.plain(" \(host) mtlstop \(row.reporter.pid.map { String($0) } ?? "-") ")
        }
        record.literal(row.isAccepted ? "MTLSOK " : "MTLSREJ ")
        // sequenceId is a number up to 2147483647 (RFC 5424 section 7.3.1).
        if row.id <= 2_147_483_647 {
            record.literal("[meta ")
            record.pair("sequenceId", number: row.id)
            record.literal("]")
        }
        record.literal("[mtls@32473 ")
    }

    private static func request(_ row: EventRow, _ record: inout PairRecord) {
        record.pair("host", row.host)
        record.pair("userAgent", row.userAgent)
        record.pair("tlsVersion", row.tlsProtocol)
        record.pair("tlsCipher", row.cipher)
        record.pair("tlsResumed", flag: row.resumed)
    }

    private static func certificate(_ certificate: CertificateSummary?, _ record: inout PairRecord) {
        guard let certificate else { return }
        record.pair("cn", certificate.commonName)
        record.pair("subject", certificate.subject)
        record.pair("issuer", certificate.issuer)
        record.pair("serial", certificate.serial)
        record.pair("sha256", certificate.sha256?.hex)
        record.pair("notBefore", time: certificate.notBefore)
        record.pair("notAfter", time: certificate.notAfter)
        record.pair("san", list: certificate.subjectAlternativeNames)
    }
}
