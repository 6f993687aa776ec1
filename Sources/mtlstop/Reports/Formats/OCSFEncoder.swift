import AuditStore
import CertCore
import SafeText

/// Events as OCSF Authentication (class 3002), one object a line; attributes without a value are left out.
///
/// What the class has no place for stands under `unmapped`.
struct OCSFEncoder: EventEncoder {
    /// The version of the schema: the first in which a user may be a service.
    static let version = "1.6.0"

    /// What many events share.
    private enum Part: Int, CaseIterable {
        case kind, severity, message, product, logon, user, certificate, destination, unmapped
    }

    private var facts = CertificateFacts()
    private var fragments = JSONFragments<Part>()
    private var writer = JSONWriter(capacity: 80 << 10)

    var bytes: [UInt8] { writer.bytes }

    mutating func clear() { writer.removeAll(keepingCapacity: true) }

    mutating func add(_ row: EventRow, _ lookup: CertificateLookup) throws {
        writer.beginObject()
        Self.classification(row, &fragments, &writer)
        Self.metadata(row, &fragments, &writer)
        fragments.write(.logon, 0, to: &writer) { Self.logon(&$0) }
        writer.member("is_new_logon", row.isFirstSeen)
        fragments.write(.user, row.certificate?.id, to: &writer) { writer in
            writer.presentObject("user") { Self.user(row, &$0) }
        }
        if let certificate = row.certificate, certificate.issuer != nil, certificate.serial != nil {
            try fragments.write(.certificate, certificate.id, to: &writer) { writer in
                let facts = try self.facts.facts(of: certificate.id, lookup)
                writer.presentObject("certificate") { Self.certificate(certificate, facts, &$0) }
            }
        }
        Self.endpoints(row, &fragments, &writer)
        writer.presentObject("unmapped") { Self.unmapped(row, &fragments, &$0) }
        writer.endObject()
        writer.newline()
    }

    private static func classification(
        _ row: EventRow,
        _ fragments: inout JSONFragments<Part>,
        _ writer: inout JSONWriter
    ) {
        fragments.write(.kind, 0, to: &writer) { writer in
            writer.member("category_uid", 3)
            writer.member("category_name", "Identity & Access Management")
            writer.member("class_uid", 3002)
            writer.member("class_name", "Authentication")
            writer.member("activity_id", 1)
            writer.member("activity_name", "Logon")
            writer.member("type_uid", 300_201)
            writer.member("type_name", "Authentication: Logon")
        }
        writer.member("time", row.time.milliseconds)
        fragments.write(.severity, Int64(row.gravity.rawValue), to: &writer) { writer in
            let severities = ["Informational", "Low", "Medium", "High"]
            writer.member("severity_id", row.gravity.rawValue + 1)
            writer.member("severity", severities[row.gravity.rawValue])
            writer.member("status_id", row.isAccepted ? 1 : 2)
            writer.member("status", row.isAccepted ? "Success" : "Failure")
        }
        writer.present("status_code", row.statusCode)
        writer.present("status_detail", row.explanation?.meaning)
        fragments.write(.message, row.isAccepted ? row.certificate?.id : nil, to: &writer) { writer in
            writer.member("message", row.sentence)
        }
    }

    private static func metadata(
        _ row: EventRow,
        _ fragments: inout JSONFragments<Part>,
        _ writer: inout JSONWriter
    ) {
        writer.presentObject("metadata") { writer in
            writer.member("version", version)
            writer.member("uid", String(row.id))
            writer.member("sequence", row.id)
            writer.member("logged_time", row.received.milliseconds)
            fragments.write(.product, 0, to: &writer) { writer in
                writer.presentObject("product") { writer in
                    writer.member("name", "mtlstop")
                    writer.member("vendor_name", "mtlstop")
                    writer.member("version", ProductVersion.text)
                }
            }
        }
    }

    private static func logon(_ writer: inout JSONWriter) {
        writer.member("auth_protocol_id", 99)
        writer.member("auth_protocol", "mTLS")
        writer.member("logon_type_id", 3)
        writer.member("logon_type", "Network")
        writer.member("is_remote", true)
        writer.member("is_cleartext", false)
        writer.member("is_mfa", false)
    }

    private static func user(_ row: EventRow, _ writer: inout JSONWriter) {
        guard let certificate = row.certificate else {
            writer.member("name", "unknown")
            return
        }
        writer.member("name", certificate.identityName ?? "unknown")
        writer.member("type_id", 4)
        writer.member("type", "Service")
        writer.present("credential_uid", certificate.sha256?.hex ?? certificate.sha1?.hex)
    }

    private static func endpoints(
        _ row: EventRow,
        _ fragments: inout JSONFragments<Part>,
        _ writer: inout JSONWriter
    ) {
        writer.presentObject("src_endpoint") { writer in
            let isAddress = row.ip.map { IPAddress(parsing: $0) != nil } ?? false
            writer.present("ip", isAddress ? row.ip : nil)
            writer.present("hostname", isAddress ? nil : row.ip)
            writer.present("port", row.port.map { Int64($0) })
        }
        fragments.write(.destination, row.contextID, to: &writer) { destination(row, &$0) }
        writer.presentObject("http_request") { writer in
            writer.present("http_method", row.method)
            writer.presentObject("url") { writer in
                writer.present("path", row.path)
                writer.present("hostname", row.host)
            }
            writer.present("user_agent", row.userAgent)
        }
    }

    private static func destination(_ row: EventRow, _ writer: inout JSONWriter) {
        writer.presentObject("dst_endpoint") { $0.present("hostname", row.host ?? row.serverName) }
        // One of service and destination is demanded.
        let isNameless = row.service == nil && row.host == nil && row.serverName == nil
        writer.presentObject("service") { $0.present("name", isNameless ? "unknown" : row.service) }
    }
}

// MARK: The certificate

extension OCSFEncoder {
    private static func certificate(
        _ certificate: CertificateSummary,
        _ facts: CertificateFacts.Facts?,
        _ writer: inout JSONWriter
    ) {
        writer.present("uid", certificate.sha256?.hex ?? certificate.sha1?.hex)
        writer.present("subject", certificate.subject ?? certificate.commonName.map { "CN=" + $0 })
        writer.member("issuer", certificate.issuer ?? "")
        writer.member("serial_number", certificate.serial ?? "")
        writer.present("created_time", certificate.notBefore?.milliseconds)
        writer.present("expiration_time", certificate.notAfter?.milliseconds)
        writer.present("version", facts?.version.map { String($0) })
        writer.present("is_self_signed", certificate.isSelfIssued)
        writer.key("fingerprints")
        writer.beginArray()
        fingerprint(certificate.sha256, 3, "SHA-256", &writer)
        fingerprint(certificate.sha1, 2, "SHA-1", &writer)
        writer.endArray()
        guard !certificate.subjectAlternativeNames.isEmpty else { return }
        writer.key("sans")
        writer.beginArray()
        for name in certificate.subjectAlternativeNames { alternativeName(name, &writer) }
        writer.endArray()
    }

    private static func fingerprint(
        _ fingerprint: Fingerprint?,
        _ id: Int,
        _ algorithm: String,
        _ writer: inout JSONWriter
    ) {
        guard let fingerprint else { return }
        writer.beginObject()
        writer.member("algorithm_id", id)
        writer.member("algorithm", algorithm)
        writer.member("value", fingerprint.hex)
        writer.endObject()
    }

    private static func alternativeName(_ text: String, _ writer: inout JSONWriter) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        writer.beginObject()
        writer.member("name", parts.count == 2 ? String(parts[1]) : text)
        writer.member("type", parts.count == 2 ? String(parts[0]) : "unknown")
        writer.endObject()
    }

    private static func unmapped(
        _ row: EventRow,
        _ fragments: inout JSONFragments<Part>,
        _ writer: inout JSONWriter
    ) {
        writer.present("reason", row.reason)
        writer.present("class", row.rejectionClass?.rawValue)
        writer.present("verified", row.verified)
        fragments.write(.unmapped, row.contextID, to: &writer) { writer in
            writer.present("source", row.source)
            writer.present("tls_version", row.tlsProtocol)
            writer.present("tls_cipher", row.cipher)
            writer.present("tls_resumed", row.resumed)
            writer.present("tls_server_name", row.serverName)
        }
        writer.present("tls_error", row.authorizationError)
        writer.member("session", row.reporter.session)
        guard let certificate = row.certificate, certificate.issuer == nil || certificate.serial == nil else { return }
        // The class demands issuer and serial number of a certificate; this one is known by less.
        writer.presentObject("certificate") { writer in
            writer.present("subject", certificate.subject)
            writer.present("common_name", certificate.commonName)
            writer.present("issuer", certificate.issuer)
            writer.present("serial_number", certificate.serial)
            writer.present("sha1", certificate.sha1?.hex)
            writer.present("sha256", certificate.sha256?.hex)
        }
    }
}
