import AuditEvents
import AuditStore
import CertCore

/// Events as syslog messages (RFC 5424), one a line.
///
/// Facility authpriv: 86 for a client let in, 84 for one turned away. The structured data carries every field, the
/// message a sentence; 32473 is the enterprise number that RFC 5612 reserves for documents.
struct SyslogEncoder: EventEncoder {
    private(set) var bytes: [UInt8] = []
    private let host: String

    init(host: String) {
        let printable = host.unicodeScalars.filter { $0.value > 0x20 && $0.value < 0x7F }.prefix(255)
        self.host = printable.isEmpty ? "-" : String(String.UnicodeScalarView(printable))
    }

    mutating func clear() { bytes.removeAll(keepingCapacity: true) }

    mutating func add(_ row: EventRow, _ lookup: CertificateLookup) {
        append(row.isAccepted ? "<86>1 " : "<84>1 ")
        append(row.time.rfc3339)
        append(" \(host) mtlstop \(row.reporter.pid.map { String($0) } ?? "-") ")
        append(row.isAccepted ? "MTLSOK " : "MTLSREJ ")
        // sequenceId is a number up to 2147483647 (RFC 5424 section 7.3.1).
        if row.id <= 2_147_483_647 { append("[meta sequenceId=\"\(row.id)\"]") }
        append("[mtls@32473")
        parameter("id", String(row.id))
        parameter("outcome", row.outcome.name)
        parameter("reason", row.reason)
        parameter("class", row.rejectionClass?.rawValue)
        parameter("code", row.code.map { String($0.rawValue) })
        parameter("service", row.service)
        parameter("source", row.source)
        parameter("verified", row.verified.map { String($0) })
        request(row)
        certificate(row.certificate)
        append("] \u{FEFF}")
        append(row.sentence.shown(atMost: 1024))
        append("\n")
    }

    private mutating func request(_ row: EventRow) {
        parameter("ip", row.ip)
        parameter("port", row.port.map { String($0) })
        parameter("method", row.method)
        parameter("path", row.path)
        parameter("host", row.host)
        parameter("userAgent", row.userAgent)
        parameter("tlsVersion", row.tlsProtocol)
        parameter("tlsCipher", row.cipher)
        parameter("tlsResumed", row.resumed.map { String($0) })
    }

    private mutating func certificate(_ certificate: CertificateSummary?) {
        guard let certificate else { return }
        parameter("cn", certificate.commonName)
        parameter("subject", certificate.subject)
        parameter("issuer", certificate.issuer)
        parameter("serial", certificate.serial)
        parameter("sha256", certificate.sha256?.hex)
        parameter("notBefore", certificate.notBefore?.rfc3339)
        parameter("notAfter", certificate.notAfter?.rfc3339)
        parameter("san", certificate.subjectAlternativeNames.joined(separator: " | "))
    }

    private mutating func parameter(_ name: String, _ value: String?) {
        guard let value, !value.isEmpty else { return }
        append(" \(name)=\"")
        for byte in value.shown(atMost: 8192).utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "]"): bytes.append(UInt8(ascii: "\\"))
            default: break
            }
            bytes.append(byte)
        }
        append("\"")
    }

    private mutating func append(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }
}
