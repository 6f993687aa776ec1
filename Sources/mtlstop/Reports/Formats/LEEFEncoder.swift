import AuditEvents
import AuditStore
import CertCore

/// Events in QRadar's Log Event Extended Format 2.0 with tabs between attributes: one record a line.
///
/// What is shown has no tab and no line end left, so values need no escape of the format's own.
struct LEEFEncoder: EventEncoder {
    private(set) var bytes: [UInt8] = []
    private var isFirst = true

    mutating func clear() { bytes.removeAll(keepingCapacity: true) }

    mutating func add(_ row: EventRow, _ lookup: CertificateLookup) {
        let id = row.isAccepted ? "mtls.ok" : "mtls.rej." + (row.code.map { String($0.rawValue) } ?? row.className)
        bytes.append(contentsOf: "LEEF:2.0|mtlstop|mtlstop|\(ProductVersion.text)|\(id)|x09|".utf8)
        isFirst = true
        attribute("devTime", row.time.rfc3339)
        attribute("devTimeFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSX")
        attribute("cat", "Authentication")
        attribute("sev", String([1, 5, 6, 8][row.gravity.rawValue]))
        attribute("src", row.ip)
        attribute("srcPort", row.port.map { String($0) })
        attribute("usrName", row.certificate?.identityName)
        attribute("url", row.path)
        attribute("policy", row.service)
        attribute("eventId", String(row.id))
        attribute("outcome", row.outcome.name)
        attribute("reason", row.reason)
        attribute("rejectionClass", row.rejectionClass?.rawValue)
        attribute("opensslCode", row.code.map { String($0.rawValue) })
        attribute("method", row.method)
        attribute("host", row.host)
        attribute("userAgent", row.userAgent)
        attribute("tlsVersion", row.tlsProtocol)
        attribute("tlsCipher", row.cipher)
        attribute("tlsResumed", row.resumed.map { String($0) })
        attribute("certificateSource", row.source)
        attribute("verified", row.verified.map { String($0) })
        certificate(row.certificate)
        attribute("message", row.sentence)
        bytes.append(0x0A)
    }

    private mutating func certificate(_ certificate: CertificateSummary?) {
        guard let certificate else { return }
        attribute("certSubject", certificate.subject)
        attribute("certCommonName", certificate.commonName)
        attribute("certIssuer", certificate.issuer)
        attribute("certSerial", certificate.serial)
        attribute("certSha256", certificate.sha256?.hex)
        attribute("certNotBefore", certificate.notBefore?.rfc3339)
        attribute("certNotAfter", certificate.notAfter?.rfc3339)
        attribute("certNames", certificate.subjectAlternativeNames.joined(separator: " | "))
    }

    private mutating func attribute(_ key: String, _ value: String?) {
        guard let value, !value.isEmpty else { return }
        if !isFirst { bytes.append(0x09) }
        isFirst = false
        bytes.append(contentsOf: key.utf8)
        bytes.append(UInt8(ascii: "="))
        bytes.append(contentsOf: value.shown(atMost: 8192).utf8)
    }
}
