import AuditEvents
import CertCore
import Glibc
import Testing

/// Records that real proxies wrote (fixtures/accesslogs), mapped.
@Suite("Records of real proxies")
struct RealRecordTests {
    private func bytes(of name: String) throws -> [UInt8] {
        let root = "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        let descriptor = open(root + "/fixtures/accesslogs/" + name, O_RDONLY | O_CLOEXEC)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = chunk.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            if count <= 0 { return bytes }
            bytes.append(contentsOf: chunk[..<count])
        }
    }

    /// The messages of HAProxy's ring: `LENGTH SP MESSAGE`, one behind the other.
    private func frames(_ bytes: [UInt8]) throws -> [[UInt8]] {
        var frames: [[UInt8]] = []
        var rest = bytes[...]
        while let space = rest.firstIndex(of: 0x20) {
            let length = try #require(Int(String(decoding: rest[..<space], as: UTF8.self)))
            frames.append(Array(rest[(space + 1)...].prefix(length)))
            rest = rest[(space + 1)...].dropFirst(length)
        }
        return frames
    }

    /// How often each outcome came; a record that is no event counts as `passed over`.
    private func tally(_ records: [[UInt8]]) throws -> [String: Int] {
        var scanner = RecordScanner()
        var tally: [String: Int] = [:]
        for record in records where !record.isEmpty {
            let payload = try record.withUnsafeBytes { try Array(SyslogMessage($0).payload) }
            let event = try MappedRecord.read(payload, &scanner)
            tally[event.map(Self.name) ?? "passed over", default: 0] += 1
        }
        return tally
    }

    private static func name(_ event: MappedRecord) -> String {
        if event.outcome == .authenticated {
            let isKnown = event[.certificatePEM] != nil || event[.certificateBase64] != nil
            return isKnown ? "authenticated" : "authenticated without a certificate"
        }
        let isKnown = event[.subject] != nil || event[.commonName] != nil
        return event.finding(hasCertificate: isKnown).rejectionClass.rawValue
    }

    @Test(
        "Every record is what the request was",
        arguments: [
            ("nginx.syslog", [4, 2, 2, 2, 0, 1]), ("haproxy.octets", [3, 2, 2, 2, 2, 0]),
            ("envoy.json", [4, 2, 2, 2, 2, 0]), ("caddy.json", [4, 2, 2, 2, 2, 0]),
            ("traefik.json", [3, 0, 0, 0, 0, 1]), ("traefik-own.json", [0, 2, 2, 2, 1, 51]),
        ]
    )
    func counts(file: String, expected: [Int]) throws {
        let bytes = try bytes(of: file)
        let records = file.hasSuffix(".octets") ? try frames(bytes) : bytes.split(separator: 0x0A).map { Array($0) }
        let names = ["authenticated", "no_certificate", "expired", "unknown_issuer", "handshake", "passed over"]
        let wanted = Dictionary(uniqueKeysWithValues: zip(names, expected)).filter { $0.value > 0 }
        #expect(try tally(records) == wanted)
    }

    @Test("A certificate that a proxy wrote out whole is the one its fingerprint names")
    func certificates() throws {
        for (file, field) in [("envoy.json", LineField.certificatePEM), ("caddy.json", .certificateBase64)] {
            let records = try bytes(of: file).split(separator: 0x0A).map { Array($0) }
            var compared = 0
            for record in records {
                guard let event = try MappedRecord(record), let text = event[field],
                    let claimed = event[.fingerprint256]
                else { continue }
                let certificate =
                    field == .certificatePEM
                    ? try ClientCertificate(pem: text)
                    : try ClientCertificate(pem: "-----BEGIN CERTIFICATE-----\n\(text)\n-----END CERTIFICATE-----\n")
                #expect(certificate.sha256.hex == claimed.lowercased())
                compared += 1
            }
            #expect(compared >= 4, "\(file)")
        }
    }
}
