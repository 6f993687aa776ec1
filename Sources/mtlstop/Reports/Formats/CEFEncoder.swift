import AuditStore
import CertCore
import SafeText

/// Events in ArcSight's Common Event Format, version 0: one record a line.
struct CEFEncoder: EventEncoder {
    private var record = PairRecord(.init(separator: 0x20, escaped: [UInt8(ascii: "=")]))
    private let accepted = Self.start(id: "mtls.ok", name: "Client certificate accepted", gravity: .none)

    var bytes: [UInt8] { record.bytes }

    mutating func clear() { record.clear() }

    mutating func add(_ row: EventRow, _ lookup: CertificateLookup) {
        record.plain(row.isAccepted ? accepted : Self.start(row))
        record.pair("rt", number: row.time.milliseconds)
        record.pair("externalId", number: row.id)
        address(row)
        record.shared(.identity, row.certificate?.id) { record in
            record.pair("suser", row.certificate?.identityName, atMost: 1023)
            record.pair("suid", row.certificate?.sha256?.hex ?? row.certificate?.sha1?.hex, atMost: 128)
        }
        record.pair("act", word: row.isAccepted ? "allow" : "deny")
        record.pair("outcome", word: row.isAccepted ? "success" : "failure")
        record.pair("reason", row.reason, atMost: 1023)
        record.pair("app", word: "TLS")
        record.pair("cat", word: "Authentication")
        request(row)
        record.shared(.certificate, row.certificate?.id) { Self.certificate(row.certificate, &$0) }
        details(row)
        let sentence = row.isAccepted ? row.certificate?.id : nil
        record.shared(.sentence, sentence) { $0.pair("msg", row.sentence, atMost: 1023) }
        record.end()
    }

    private static func start(_ row: EventRow) -> String {
        let id = "mtls.rej." + (row.code.map { String($0.rawValue) } ?? row.className)
        return start(id: id, name: row.explanation?.title ?? "Rejected", gravity: row.gravity)
    }

    private static func start(id: String, name: String, gravity: EventRow.Gravity) -> String {
        let parts = ["CEF:0", "mtlstop", "mtlstop", ProductVersion.text, id, name, String(gravity.ofTen), ""]
        return parts.map { $0.replacing("\\", with: "\\\\").replacing("|", with: "\\|") }.joined(separator: "|")
    }

    private mutating func address(_ row: EventRow) {
        switch row.ip.flatMap({ IPAddress(parsing: $0) })?.bytes.count {
        case 4: record.pair("src", row.ip, atMost: 64)
        case 16:
            record.pair("c6a2", row.ip, atMost: 64)
            record.pair("c6a2Label", word: "Source IPv6 Address")
        default: record.pair("shost", row.ip, atMost: 1023)
        }
        record.pair("spt", number: row.port)
    }

    private mutating func request(_ row: EventRow) {
        record.pair("requestMethod", row.method, atMost: 1023)
        record.pair("request", row.path)
        record.shared(.request, row.contextID) { record in
            record.pair("requestClientApplication", row.userAgent, atMost: 1023)
            record.pair("dhost", row.host ?? row.serverName, atMost: 1023)
            record.pair("destinationServiceName", row.service, atMost: 1023)
        }
    }

    private static func certificate(_ certificate: CertificateSummary?, _ record: inout PairRecord) {
        guard let certificate else { return }
        let subject = certificate.subject ?? certificate.commonName.map { "CN=" + $0 }
        label("cs1", "cs1Label", "subjectDN", subject, &record)
        label("cs2", "cs2Label", "issuerDN", certificate.issuer, &record)
        label("cs3", "cs3Label", "serial", certificate.serial, &record)
        label("cs4", "cs4Label", "sha256", certificate.sha256?.hex, &record)
        label("cs5", "cs5Label", "SAN", certificate.subjectAlternativeNames.joined(separator: " | "), &record)
    }

    private mutating func details(_ row: EventRow) {
        record.shared(.service, row.contextID) { record in
            let tls = [row.tlsProtocol, row.cipher].compactMap { $0 }.joined(separator: " ")
            Self.label("cs6", "cs6Label", "tls", tls, &record)
        }
        record.shared(.head, row.certificate?.id) { record in
            Self.date("deviceCustomDate1", "deviceCustomDate1Label", "notAfter", row.certificate?.notAfter, &record)
            Self.date("deviceCustomDate2", "deviceCustomDate2Label", "notBefore", row.certificate?.notBefore, &record)
        }
        if let code = row.code {
            record.pair("cn1", number: code.rawValue)
            record.pair("cn1Label", word: "opensslCode")
        }
        if let end = row.certificate?.notAfter {
            record.pair("cn3", number: (end - row.time) / 1000)
            record.pair("cn3Label", word: "secondsToExpiry")
        }
    }

    private static func label(
        _ key: StaticString,
        _ labelKey: StaticString,
        _ label: StaticString,
        _ value: String?,
        _ record: inout PairRecord
    ) {
        guard let value, !value.isEmpty else { return }
        record.pair(key, value, atMost: 4000)
        record.pair(labelKey, word: label)
    }

    private static func date(
        _ key: StaticString,
        _ labelKey: StaticString,
        _ label: StaticString,
        _ time: Timestamp?,
        _ record: inout PairRecord
    ) {
        guard let time else { return }
        record.pair(key, number: time.milliseconds)
        record.pair(labelKey, word: label)
    }
}

extension EventRow {
    /// The class's name; `other` where there is none.
    var className: String { (rejectionClass ?? .other).rawValue }
}

extension EventRow.Gravity {
    /// On the scale from 0 to 10 that CEF and LEEF share.
    var ofTen: Int {
        switch self {
        case .none: 1
        case .low: 5
        case .medium: 6
        case .high: 8
        }
    }
}
