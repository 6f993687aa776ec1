import AuditStore
import CertCore
import SafeText

/// Events in ArcSight's Common Event Format, version 0: one record a line.
struct CEFEncoder: EventEncoder {
    private(set) var bytes: [UInt8] = []
    private var isFirst = true

    mutating func clear() { bytes.removeAll(keepingCapacity: true) }

    mutating func add(_ row: EventRow, _ lookup: CertificateLookup) {
        header(row)
        isFirst = true
        number("rt", row.time.milliseconds)
        number("externalId", row.id)
        address(row)
        text("suser", row.certificate?.identityName, atMost: 1023)
        text("suid", row.certificate?.sha256?.hex ?? row.certificate?.sha1?.hex, atMost: 128)
        text("act", row.isAccepted ? "allow" : "deny", atMost: 63)
        text("outcome", row.isAccepted ? "success" : "failure", atMost: 63)
        text("reason", row.reason, atMost: 1023)
        text("app", "TLS", atMost: 31)
        text("cat", "Authentication", atMost: 1023)
        text("requestMethod", row.method, atMost: 1023)
        text("request", row.path, atMost: 8192)
        text("requestClientApplication", row.userAgent, atMost: 1023)
        text("dhost", row.host ?? row.serverName, atMost: 1023)
        text("destinationServiceName", row.service, atMost: 1023)
        certificate(row)
        text("msg", row.sentence, atMost: 1023)
        bytes.append(0x0A)
    }

    private mutating func header(_ row: EventRow) {
        let severity = [1, 5, 6, 8][row.gravity.rawValue]
        let id = row.isAccepted ? "mtls.ok" : "mtls.rej." + (row.code.map { String($0.rawValue) } ?? row.className)
        let name = row.isAccepted ? "Client certificate accepted" : row.explanation?.title ?? "Rejected"
        let parts = ["CEF:0", "mtlstop", "mtlstop", ProductVersion.text, id, name, String(severity), ""]
        for (index, part) in parts.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: "|")) }
            append(part, escaping: UInt8(ascii: "|"))
        }
    }

    private mutating func address(_ row: EventRow) {
        switch row.ip.flatMap({ IPAddress(parsing: $0) })?.bytes.count {
        case 4: text("src", row.ip, atMost: 64)
        case 16:
            text("c6a2", row.ip, atMost: 64)
            text("c6a2Label", "Source IPv6 Address", atMost: 64)
        default: text("shost", row.ip, atMost: 1023)
        }
        number("spt", row.port.map { Int64($0) })
    }

    private mutating func certificate(_ row: EventRow) {
        let certificate = row.certificate
        labelled("cs1", "subjectDN", certificate?.subject ?? certificate?.commonName.map { "CN=" + $0 })
        labelled("cs2", "issuerDN", certificate?.issuer)
        labelled("cs3", "serial", certificate?.serial)
        labelled("cs4", "sha256", certificate?.sha256?.hex)
        labelled("cs5", "SAN", certificate.map { $0.subjectAlternativeNames.joined(separator: " | ") })
        let tls = [row.tlsProtocol, row.cipher].compactMap { $0 }.joined(separator: " ")
        labelled("cs6", "tls", tls)
        date("deviceCustomDate1", "notAfter", certificate?.notAfter)
        date("deviceCustomDate2", "notBefore", certificate?.notBefore)
        if let code = row.code {
            number("cn1", Int64(code.rawValue))
            text("cn1Label", "opensslCode", atMost: 64)
        }
        if let end = certificate?.notAfter {
            number("cn3", (end - row.time) / 1000)
            text("cn3Label", "secondsToExpiry", atMost: 64)
        }
    }

    private mutating func labelled(_ key: String, _ label: String, _ value: String?) {
        guard let value, !value.isEmpty else { return }
        text(key, value, atMost: 4000)
        text(key + "Label", label, atMost: 64)
    }

    private mutating func date(_ key: String, _ label: String, _ time: Timestamp?) {
        guard let time else { return }
        number(key, time.milliseconds)
        text(key + "Label", label, atMost: 64)
    }

    private mutating func number(_ key: String, _ value: Int64?) {
        guard let value else { return }
        self.key(key)
        bytes.append(contentsOf: String(value).utf8)
    }

    private mutating func text(_ key: String, _ value: String?, atMost limit: Int) {
        guard let value, !value.isEmpty else { return }
        self.key(key)
        append(value.shown(atMost: limit), escaping: UInt8(ascii: "="))
    }

    private mutating func key(_ key: String) {
        if !isFirst { bytes.append(0x20) }
        isFirst = false
        bytes.append(contentsOf: key.utf8)
        bytes.append(UInt8(ascii: "="))
    }

    /// Appends a text with a backslash before each backslash and each special sign of its place; what is shown has no
    /// line end left, so nothing else needs one.
    private mutating func append(_ text: String, escaping special: UInt8) {
        for byte in text.utf8 {
            if byte == UInt8(ascii: "\\") || byte == special { bytes.append(UInt8(ascii: "\\")) }
            bytes.append(byte)
        }
    }
}

extension EventRow {
    /// The class's name; `other` where there is none.
    var className: String { (rejectionClass ?? .other).rawValue }
}
