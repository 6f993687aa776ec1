import AuditEvents
import CertCore
import SafeText
import TestSupport
import Testing

@Suite("Events written and read again")
struct RoundTripTests {
    private static let scalars: [Unicode.Scalar] = [
        "a", "Z", "0", " ", "\"", "\\", "/", "\n", "\t", "\u{0}", "\u{1b}", "\u{7f}", "\u{9b}", "é", "€", "\u{202e}",
        "\u{200b}",
        "\u{fffd}", "😀", "\u{10ffff}", ",", "=",
    ]

    private func text(_ generator: inout SeededGenerator) -> String? {
        guard Bool.random(using: &generator) else { return nil }
        var text = ""
        for _ in 0..<Int.random(in: 0...12, using: &generator) {
            text.unicodeScalars.append(Self.scalars[Int.random(in: 0..<Self.scalars.count, using: &generator)])
        }
        return text
    }

    private func bytes(_ count: Int, _ generator: inout SeededGenerator) -> [UInt8] {
        (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }

    private func claim(_ generator: inout SeededGenerator) -> CertificateClaim? {
        let chain = (0..<Int.random(in: 0...4, using: &generator)).map { _ in
            bytes(Int.random(in: 1...300, using: &generator), &generator)
        }
        let claim = CertificateClaim(
            chain: chain,
            sha256: Bool.random(using: &generator) ? Fingerprint(bytes: bytes(32, &generator)) : nil,
            sha1: Bool.random(using: &generator) ? Fingerprint(bytes: bytes(20, &generator)) : nil,
            commonName: text(&generator),
            subject: text(&generator),
            issuer: text(&generator),
            serial: text(&generator),
            validFrom: text(&generator),
            validTo: text(&generator),
            subjectAltName: text(&generator)
        )
        return claim == CertificateClaim() ? nil : claim
    }

    private func event(_ generator: inout SeededGenerator) -> AuditEvent {
        AuditEvent(
            outcome: Bool.random(using: &generator) ? .authenticated : .rejected,
            time: Bool.random(using: &generator)
                ? Timestamp(milliseconds: Int64.random(in: 0...253_402_300_799_999, using: &generator)) : nil,
            service: text(&generator),
            source: text(&generator),
            reason: text(&generator),
            certificate: claim(&generator),
            request: RequestInfo(
                method: text(&generator),
                url: text(&generator),
                ip: text(&generator),
                port: Bool.random(using: &generator) ? Int.random(in: 0...65535, using: &generator) : nil,
                host: text(&generator),
                userAgent: text(&generator)
            ),
            tls: TLSInfo(
                authorized: [nil, true, false].randomElement(using: &generator) ?? nil,
                authorizationError: text(&generator),
                protocolVersion: text(&generator),
                cipher: text(&generator),
                resumed: [nil, true, false].randomElement(using: &generator) ?? nil,
                serverName: text(&generator)
            )
        )
    }

    @Test("An event that is written and read again is the same event")
    func roundTrip() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("round trip: seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<1000 {
            let event = event(&generator)
            var writer = JSONWriter()
            event.writeLine(to: &writer, sequence: 9)
            #expect(!writer.bytes.contains(10))
            let again = try AuditEvent(line: writer.bytes)
            #expect(again == event, "seed \(seed): \(writer.string)")
        }
    }

    @Test("The number is written where it is asked for")
    func sequence() throws {
        var writer = JSONWriter()
        AuditEvent(outcome: .rejected).writeLine(to: &writer, sequence: 12)
        #expect(writer.string == #"{"event":"rejected","seq":12}"#)
        writer.removeAll(keepingCapacity: true)
        AuditEvent(outcome: .authenticated).writeLine(to: &writer)
        #expect(writer.string == #"{"event":"authenticated"}"#)
    }

    @Test("Base64 gives back every length of bytes")
    func base64() {
        var generator = SeededGenerator(seed: 1)
        for length in 0..<100 {
            let original = bytes(length, &generator)
            #expect(Base64.decode(Base64.encode(original)) == original)
        }
        for wrong in ["A", "AA", "AAA", "AB==", "AAB=", "A===", "AA=A", "AAAA\n", "AA-_", "====", "AA==AAAA"] {
            #expect(Base64.decode(wrong) == nil, "\(wrong)")
        }
    }

    @Test("Node's names become RFC 2253 text, its dates moments")
    func peerTexts() {
        let json = Array(#"{"C":"DE","O":"a,b","OU":["x","y"],"CN":" s "}"#.utf8)
        #expect(PeerName.rfc2253(json: json) == #"CN=\ s\ ,OU=y,OU=x,O=a\,b,C=DE"#)
        #expect(PeerDate.parse("Apr  1 00:00:00 2020 GMT")?.rfc3339 == "2020-04-01T00:00:00.000Z")
        #expect(PeerDate.parse("Dec 31 23:59:59 9999 GMT")?.rfc3339 == "9999-12-31T23:59:59.000Z")
        #expect(PeerDate.parse("2020-04-01T00:00:00Z")?.rfc3339 == "2020-04-01T00:00:00.000Z")
        #expect(PeerDate.parse("Bad time value") == nil)
    }
}
