import AuditStore
import CertCore
import SafeText

/// Events in the Elastic Common Schema, one object a line; fields without a value are left out.
///
/// The identity of a rejected certificate is a claim: it stands under `tls.client` only, `user` is for those let in.
struct ECSEncoder: EventEncoder {
    /// The version of the schema.
    static let version = "9.0.0"

    /// What many events share.
    private enum Part: Int, CaseIterable {
        case outcome, request, user, tls, client, hashes, relatedUser, own
    }

    private var facts = CertificateFacts()
    private var fragments = JSONFragments<Part>()
    private var writer = JSONWriter(capacity: 80 << 10)
    private var times = TimeText()

    var bytes: [UInt8] { writer.bytes }

    mutating func clear() { writer.removeAll(keepingCapacity: true) }

    mutating func add(_ row: EventRow, _ lookup: CertificateLookup) throws {
        writer.appendBetween(#"{"@timestamp":""#)
        writer.appendReady(times.bytes(of: row.time))
        writer.appendBetween(#"","ecs":{"version":""#)
        writer.appendReady(Self.versionBytes)
        writer.appendBetween("\"}")
        Self.event(row, &fragments, &writer)
        writer.presentObject("error") { writer in
            writer.present("code", row.code.map { "X509_V_ERR_" + $0.name })
            writer.present("message", row.authorizationError)
        }
        if !row.isAccepted { writer.member("message", row.sentence) }
        let address = Self.address(row)
        Self.request(row, address, &writer)
        Self.shared(row, &fragments, &writer)
        try Self.tls(row, &fragments, &writer) { try facts.facts(of: $0, lookup) }
        Self.related(row, address, &fragments, &writer)
        Self.own(row, &fragments, &writer)
        writer.endObject()
        writer.newline()
    }

    private static let versionBytes = Array(version.utf8)

    private static func event(
        _ row: EventRow,
        _ fragments: inout JSONFragments<Part>,
        _ writer: inout JSONWriter
    ) {
        writer.presentObject("event") { writer in
            fragments.write(.outcome, row.isAccepted ? 1 : 2, to: &writer) { writer in
                writer.member("kind", "event")
                writer.member("category", ["authentication"])
                writer.member("type", ["start"])
                writer.member("outcome", row.isAccepted ? "success" : "failure")
                let action = row.isAccepted ? "authenticated" : "rejected"
                writer.member("action", "client-certificate-" + action)
            }
            writer.present("reason", row.reason)
            writer.member("module", "mtlstop")
            writer.member("dataset", "mtlstop.auth")
            writer.member("provider", "client-certificate-auth")
            writer.member("id", String(row.id))
            writer.member("sequence", row.id)
            writer.member("created", row.received)
        }
    }

    /// ECS takes addresses only where it says `ip`; anything else a reporter sent stays under `address`.
    private static func address(_ row: EventRow) -> String? {
        row.ip.flatMap { IPAddress(parsing: $0) == nil ? nil : $0 }
    }

    private static func request(_ row: EventRow, _ address: String?, _ writer: inout JSONWriter) {
        writer.presentObject("source") { writer in
            writer.present("address", row.ip)
            writer.present("ip", address)
            writer.present("port", row.port.map { Int64($0) })
        }
        writer.presentObject("url") { writer in
            writer.present("original", row.path)
            if let path = row.path, let mark = path.utf8.firstIndex(of: UInt8(ascii: "?")) {
                writer.present("path", String(path[..<mark]))
                writer.present("query", String(path[path.utf8.index(after: mark)...]))
            } else {
                writer.present("path", row.path)
            }
            writer.present("domain", row.host)
        }
    }

    /// What the context and the certificate alone decide.
    private static func shared(
        _ row: EventRow,
        _ fragments: inout JSONFragments<Part>,
        _ writer: inout JSONWriter
    ) {
        fragments.write(.request, row.contextID, to: &writer) { writer in
            writer.presentObject("http") { writer in
                writer.presentObject("request") { $0.present("method", row.method) }
            }
            writer.presentObject("user_agent") { $0.present("original", row.userAgent) }
            writer.presentObject("service") { $0.present("name", row.service) }
        }
        guard row.isAccepted else { return }
        fragments.write(.user, row.certificate?.id, to: &writer) { writer in
            writer.presentObject("user") { $0.present("name", row.certificate?.identityName) }
        }
    }

    private static func related(
        _ row: EventRow,
        _ address: String?,
        _ fragments: inout JSONFragments<Part>,
        _ writer: inout JSONWriter
    ) {
        writer.presentObject("related") { writer in
            fragments.write(.hashes, row.certificate?.id, to: &writer) { writer in
                writer.present("hash", row.certificate.map(hashes) ?? [])
            }
            writer.present("ip", address.map { [$0] } ?? [])
            fragments.write(.relatedUser, row.certificate?.id, to: &writer) { writer in
                writer.present("user", row.certificate?.identityName.map { [$0] } ?? [])
            }
        }
    }

    private static func own(
        _ row: EventRow,
        _ fragments: inout JSONFragments<Part>,
        _ writer: inout JSONWriter
    ) {
        writer.presentObject("mtlstop") { writer in
            writer.present("class", row.rejectionClass?.rawValue)
            writer.present("verified", row.verified)
            fragments.write(.own, row.contextID, to: &writer) { writer in
                writer.present("source", row.source)
                writer.member("session", row.reporter.session)
                writer.present("producer", row.reporter.producer)
            }
        }
    }

    private static func hashes(_ certificate: CertificateSummary) -> [String] {
        [certificate.sha256, certificate.sha1].compactMap { $0?.hex.uppercased() }
    }
}

// MARK: TLS and the certificate

extension ECSEncoder {
    private static func tls(
        _ row: EventRow,
        _ fragments: inout JSONFragments<Part>,
        _ writer: inout JSONWriter,
        _ facts: (Int64) throws -> CertificateFacts.Facts
    ) throws {
        try writer.presentObject("tls") { writer in
            fragments.write(.tls, row.contextID, to: &writer) { connection(row, &$0) }
            guard row.certificate != nil || row.serverName != nil else { return }
            try writer.presentObject("client") { writer in
                writer.present("server_name", row.serverName)
                guard let certificate = row.certificate else { return }
                try fragments.write(.client, certificate.id, to: &writer) { writer in
                    client(certificate, try facts(certificate.id), &writer)
                }
            }
        }
    }

    private static func connection(_ row: EventRow, _ writer: inout JSONWriter) {
        if let text = row.tlsProtocol {
            let isTLS = text.uppercased().hasPrefix("TLSV")
            writer.present("version", isTLS ? String(text.dropFirst(4)) : text)
            writer.member("version_protocol", text.uppercased().hasPrefix("SSL") ? "ssl" : "tls")
        }
        writer.present("cipher", row.cipher)
        writer.present("resumed", row.resumed)
        // The request was read, so the handshake went through, whatever came of the certificate afterwards.
        writer.present("established", row.tlsProtocol == nil && row.method == nil ? nil : true)
    }

    private static func client(
        _ certificate: CertificateSummary,
        _ facts: CertificateFacts.Facts?,
        _ writer: inout JSONWriter
    ) {
        writer.present("subject", certificate.subject ?? certificate.commonName.map { "CN=" + $0 })
        writer.present("issuer", certificate.issuer)
        writer.present("not_before", certificate.notBefore?.rfc3339)
        writer.present("not_after", certificate.notAfter?.rfc3339)
        writer.presentObject("hash") { writer in
            writer.present("sha1", certificate.sha1?.hex.uppercased())
            writer.present("sha256", certificate.sha256?.hex.uppercased())
        }
        writer.presentObject("x509") { writer in
            name("subject", certificate.subject, commonName: certificate.commonName, &writer)
            name("issuer", certificate.issuer, commonName: nil, &writer)
            writer.present("not_before", certificate.notBefore?.rfc3339)
            writer.present("not_after", certificate.notAfter?.rfc3339)
            writer.present("alternative_names", certificate.bareNames)
            writer.present("serial_number", certificate.serial?.uppercased())
            if let facts { key(facts, &writer) }
        }
    }

    private static func name(
        _ key: StaticString,
        _ text: String?,
        commonName: String?,
        _ writer: inout JSONWriter
    ) {
        writer.presentObject(key) { writer in
            let parts = NameParts(text ?? "")
            writer.present("distinguished_name", text)
            let names = parts["CN"]
            writer.present("common_name", commonName.map { [$0] + names.filter { $0 != commonName } } ?? names)
            writer.present("organizational_unit", parts["OU"])
            writer.present("organization", parts["O"])
            writer.present("locality", parts["L"])
            writer.present("state_or_province", parts["ST"])
            writer.present("country", parts["C"])
        }
    }

    private static func key(_ facts: CertificateFacts.Facts, _ writer: inout JSONWriter) {
        writer.present("version_number", facts.version.map { String($0) })
        writer.present("public_key_algorithm", facts.keyAlgorithm.map(keyName))
        writer.present("public_key_size", facts.keyBits.map { Int64($0) })
        writer.present("public_key_exponent", facts.keyExponent.flatMap { Int64(exactly: $0) })
        writer.present("public_key_curve", facts.keyCurve.map(curveName))
        writer.present("signature_algorithm", facts.signatureAlgorithm.map(signatureName))
    }

    private static func keyName(_ name: String) -> String {
        switch name {
        case "EC": "ECDSA"
        case "ED25519": "Ed25519"
        case "ED448": "Ed448"
        default: name
        }
    }

    private static func curveName(_ name: String) -> String {
        switch name {
        case "prime256v1": "nistp256"
        case "secp384r1": "nistp384"
        case "secp521r1": "nistp521"
        default: name
        }
    }

    /// The names that ECS's examples use, which are those of Go.
    private static func signatureName(_ name: String) -> String {
        let lower = name.lowercased()
        let digest = ["SHA256", "SHA384", "SHA512", "SHA224", "SHA1", "MD5"].first { lower.contains($0.lowercased()) }
        guard let digest else { return name == "ED25519" ? "Ed25519" : name }
        if lower.hasPrefix("ecdsa") { return "ECDSA-" + digest }
        return lower.contains("rsa") ? digest + "-RSA" : name
    }
}
