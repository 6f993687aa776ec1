import AuditEvents
import AuditStore
import CertCore

/// Events in QRadar's Log Event Extended Format 2.0 with tabs between attributes: one record a line.
///
/// What is shown has no tab and no line end left, so values need no escape of the format's own.
struct LEEFEncoder: EventEncoder {
    private var record = PairRecord(.init(separator: 0x09, escaped: []))
    private let start = "LEEF:2.0|mtlstop|mtlstop|\(ProductVersion.text)|"

    var bytes: [UInt8] { record.bytes }

    mutating func clear() { record.clear() }

    mutating func add(_ row: EventRow, _ lookup: CertificateLookup) {
        head(row)
        record.pair("src", row.ip)
        record.pair("srcPort", number: row.port)
        record.shared(.identity, row.certificate?.id) { $0.pair("usrName", row.certificate?.identityName) }
        record.pair("url", row.path)
        record.pair("policy", row.service)
        record.pair("eventId", number: row.id)
        record.pair("outcome", row.outcome.name)
        record.pair("reason", row.reason)
        record.pair("rejectionClass", row.rejectionClass?.rawValue)
        record.pair("opensslCode", number: row.code?.rawValue)
        record.shared(.request, row.contextID) { Self.request(row, &$0) }
        record.pair("verified", flag: row.verified)
        record.shared(.certificate, row.certificate?.id) { Self.certificate(row.certificate, &$0) }
        let sentence = row.isAccepted ? row.certificate?.id : nil
        record.shared(.sentence, sentence) { $0.pair("message", row.sentence) }
        record.end()
    }

    private mutating func head(_ row: EventRow) {
        let id = row.isAccepted ? "mtls.ok" : "mtls.rej." + (row.code.map { String($0.rawValue) } ?? row.className)
        record.plain(start)
        record.plain(id)
        record.literal("|x09|")
        record.pair("devTime", time: row.time)
        record.pair("devTimeFormat", word: "yyyy-MM-dd'T'HH:mm:ss.SSSX")
        record.pair("cat", word: "Authentication")
        record.pair("sev", number: row.gravity.ofTen)
    }

    private static func request(_ row: EventRow, _ record: inout PairRecord) {
        record.pair("method", row.method)
        record.pair("host", row.host)
        record.pair("userAgent", row.userAgent)
        record.pair("tlsVersion", row.tlsProtocol)
        record.pair("tlsCipher", row.cipher)
        record.pair("tlsResumed", flag: row.resumed)
        record.pair("certificateSource", row.source)
    }

    private static func certificate(_ certificate: CertificateSummary?, _ record: inout PairRecord) {
        guard let certificate else { return }
        record.pair("certSubject", certificate.subject)
        record.pair("certCommonName", certificate.commonName)
        record.pair("certIssuer", certificate.issuer)
        record.pair("certSerial", certificate.serial)
        record.pair("certSha256", certificate.sha256?.hex)
        record.pair("certNotBefore", time: certificate.notBefore)
        record.pair("certNotAfter", time: certificate.notAfter)
        record.pair("certNames", list: certificate.subjectAlternativeNames)
    }
}
