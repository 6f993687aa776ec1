import AuditEvents
import CertCore
import Foundation
import Testing

/// Logs that the real proxies wrote on the configurations of `integrations/` (made by scripts/make-access-logs).
///
/// Each client came twice, over TLS 1.3 and 1.2: with a good certificate, with none, with an expired one, with one of a
/// foreign CA; then one with TLS 1.1 and one with plain HTTP.
@Suite("Recorded access logs of real proxies")
struct RecordedLogTests {
    private static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("fixtures/accesslogs")

    /// The records of a log without their framing.
    private static func records(of name: String) throws -> [[UInt8]] {
        let bytes = [UInt8](try Data(contentsOf: folder.appendingPathComponent(name)))
        guard name == "haproxy.octets" else { return bytes.split(separator: 0x0A).map(Array.init) }
        var rest = bytes[...]
        var records: [[UInt8]] = []
        while let space = rest.firstIndex(of: 0x20) {
            let count = try #require(Int(String(decoding: rest[..<space], as: UTF8.self)))
            records.append(Array(rest[(space + 1)...].prefix(count)))
            rest = rest[(space + 1)...].dropFirst(count)
        }
        return records
    }

    /// The events of some logs, without those of the client that only waited for the proxy to start.
    private static func events(_ names: String...) throws -> [MappedRecord] {
        let records = try names.flatMap { try Self.records(of: $0) }
        let payloads = try records.map { record in
            try record.withUnsafeBytes { Array(try SyslogMessage($0).payload) }
        }
        return try payloads.compactMap { try MappedRecord($0) }.filter { $0[.url] != "/ca.pem" }
    }

    /// The outcome of each event: `ok`, or the class of the rejection and libcrypto's number.
    private static func verdicts(_ events: [MappedRecord]) -> [String] {
        events.map { event in
            if event.outcome == .authenticated { return "ok" }
            let hasCertificate = event[.subject] != nil || event[.certificatePEM] != nil
            let finding = event.finding(hasCertificate: hasCertificate)
            return ([finding.rejectionClass.rawValue] + (finding.code.map { ["\($0.rawValue)"] } ?? []))
                .joined(separator: " ")
        }
    }

    private static func twice(_ verdicts: String...) -> [String] { verdicts.flatMap { [$0, $0] } }

    @Test("nginx over syslog; what fails in the handshake reaches only its error log")
    func nginx() throws {
        let events = try Self.events("nginx.syslog")
        let expected = Self.twice("ok", "no_certificate", "expired 10", "unknown_issuer 21")
        #expect(Self.verdicts(events) == expected)
        #expect(events.allSatisfy { $0[.source] == "nginx" && $0[.service] == "billing" && $0[.ip] == "127.0.0.1" })
        let versions = events.map { $0[.protocolVersion] ?? "" }
        #expect(versions == Array(repeating: ["TLSv1.3", "TLSv1.2"], count: 4).flatMap { $0 })
        #expect(events[0][.url] == "/good/1.3?q=%22x")
        #expect(events[0][.userAgent] == #"curl "q" \ é"#)
    }

    @Test("HAProxy's ring, framed by octet count, with the handshakes that failed")
    func haproxy() throws {
        let events = try Self.events("haproxy.octets")
        let expected = Self.twice("ok", "no_certificate", "expired 10", "unknown_issuer 21", "handshake")
        #expect(Self.verdicts(events) == expected)
        #expect(events.allSatisfy { $0[.source] == "haproxy" && $0[.service] == "billing" })
        #expect(events[0][.url] == "/good/1.3?q=%22x")
    }

    @Test("Envoy's requests, and its listener's word for what never became one")
    func envoy() throws {
        let events = try Self.events("envoy.json")
        let expected = Self.twice("ok", "no_certificate", "expired 10", "unknown_issuer 20", "handshake")
        #expect(Self.verdicts(events) == expected)
        #expect(events.allSatisfy { $0[.source] == "envoy" && $0[.service] == "billing" })
        #expect(events[0].port != nil && events[2].port != nil)
    }

    @Test("Caddy's requests, and Go's words for the handshakes that failed")
    func caddy() throws {
        let verdicts = Self.verdicts(try Self.events("caddy.json")).map { $0.split(separator: " ")[0] }
        #expect(
            verdicts == Self.twice("ok", "no_certificate", "expired", "unknown_issuer", "handshake").map { $0[...] }
        )
    }

    @Test("Traefik's access log, and its own log, of which nearly all is about something else")
    func traefik() throws {
        #expect(Self.verdicts(try Self.events("traefik.json")) == Self.twice("ok"))
        let verdicts = Self.verdicts(try Self.events("traefik-own.json")).map { String($0.split(separator: " ")[0]) }
        #expect(verdicts == Self.twice("no_certificate", "expired", "unknown_issuer") + ["handshake"])
    }

    @Test("Apache's events, those of failed handshakes among them")
    func apache() throws {
        let events = try Self.events("apache.json")
        #expect(Self.verdicts(events) == Self.twice("ok", "no_certificate", "expired 10", "unknown_issuer 21"))
        #expect(events[0][.reason] == nil && events[0][.authorizationError] == nil)
        #expect(events[0][.userAgent] == #"curl "q" \ "#, "Apache's record ends a text at the first byte beyond ASCII")
        #expect(events.allSatisfy { $0.marks == [] })
    }

    @Test(
        "The certificate of an event is the one presented",
        arguments: [
            ("nginx.syslog", ["good", "expired", "foreign"]), ("haproxy.octets", ["good", "expired", "foreign"]),
            ("envoy.json", ["good", "expired", "foreign"]), ("caddy.json", ["good"]), ("traefik.json", ["good"]),
            ("apache.json", ["good", "foreign"]),
        ]
    )
    func identity(log: String, clients: [String]) throws {
        let identities = try Self.events(log).compactMap { try Self.fingerprint($0) }
        let expected = try clients.flatMap { client in
            let text = try String(contentsOf: Self.folder.appendingPathComponent("\(client).pem"), encoding: .utf8)
            let certificate = try ClientCertificate(pem: text)
            return [certificate.sha256.hex, certificate.sha256.hex]
        }
        #expect(identities == expected)
    }

    /// The SHA-256 that an event gives for its certificate, or that of the certificate itself.
    private static func fingerprint(_ event: MappedRecord) throws -> String? {
        if let text = event[.fingerprint256] { return Fingerprint(parsing: text)?.hex }
        if let pem = event[.certificatePEM], !pem.isEmpty { return try ClientCertificate(pem: pem).sha256.hex }
        for field in [LineField.certificateDER, .certificateBase64] {
            guard let text = event[field], let data = Data(base64Encoded: text) else { continue }
            return try ClientCertificate(der: [UInt8](data)).sha256.hex
        }
        return nil
    }
}
