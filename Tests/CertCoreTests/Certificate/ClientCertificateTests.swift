import TestSupport
import Testing

@testable import CertCore

@Suite("Certificates")
struct ClientCertificateTests {
    @Test("Names, serial number, dates and usage come out as they stand in the certificate")
    func readsFields() throws {
        let certificate = try Fixtures.certificate("ec-p256")
        #expect(certificate.subject.commonName == "svc-a")
        #expect(certificate.issuer.rfc2253 == "CN=Example Client CA,O=Example Ltd,C=DE")
        #expect(certificate.serialNumber == "0A1B")
        #expect(certificate.version == 3)
        #expect(certificate.notBefore.rfc3339 == "2026-01-01T00:00:00.000Z")
        #expect(certificate.notAfter.rfc3339 == "2036-01-01T00:00:00.000Z")
        #expect(certificate.subjectAlternativeNames == [.dns("svc-a.example")])
        #expect(certificate.extendedKeyUsage == ["1.3.6.1.5.5.7.3.2"])
        #expect(!certificate.isCertificateAuthority)
        #expect(!certificate.isSelfIssued)
        #expect(try Fixtures.certificate("ca-self-signed").isSelfIssued)
    }

    @Test("Further names keep their types and their bytes")
    func readsTypedNames() throws {
        let names = try Fixtures.certificate("san-all-types").subjectAlternativeNames
        #expect(names.contains(.uri("spiffe://td.example/ns/prod/sa/a")))
        #expect(names.contains(.ip([10, 0, 0, 1])))
        #expect(names.contains(.email("u@a.example")))
        #expect(
            names.contains(.otherName(oid: "1.3.6.1.4.1.311.20.2.3", label: "UPN", value: "user@corp.example"))
        )
        let hostile = try Fixtures.certificate("san-quoting").subjectAlternativeNames
        #expect(hostile.contains(.dns("nl\nDNS:evil")))
        #expect(hostile.contains(.dns("good.example\0.evil.com")))
        #expect(hostile.contains(.dns("b\u{fc}cher.example")))
    }

    @Test("Bytes after the certificate, cut bytes and other bytes are refused")
    func refusesOtherBytes() throws {
        let der = try Fixtures.certificate("ec-p256").der
        let inputs: [([UInt8], CertificateError.Code)] = [
            (der + [0], .trailingBytes), (Array(der.dropLast()), .malformed), ([], .empty),
            ([0x30, 0x80, 0, 0], .malformed),
            (Array(repeating: 0x30, count: 65_536), .malformed), (Array(repeating: 0, count: 65_537), .tooLarge),
            (Array("-----BEGIN CERTIFICATE-----".utf8), .malformed),
        ]
        for (bytes, code) in inputs {
            let error = #expect(throws: CertificateError.self) { try ClientCertificate(der: bytes) }
            #expect(error?.code == code)
        }
    }

    @Test("A frame that is not the one form of DER is refused: it would have a fingerprint of its own")
    func refusesOtherFrames() throws {
        let der = try Fixtures.certificate("ec-p256").der
        #expect(der[0] == 0x30 && der[1] == 0x82)
        let longer = [0x30, 0x83, 0] + Array(der[2...])
        #expect(throws: CertificateError.self) { try ClientCertificate(der: longer) }
    }

    @Test("Damaged bytes never crash the parser")
    func survivesDamage() throws {
        let seed = UInt64.random(in: 0 ... .max)
        var random = SeededGenerator(seed: seed)
        for name in ["san-all-types", "many-extensions", "rsa-2048", "subject-hostile"] {
            let der = try Fixtures.certificate(name).der
            for _ in 0..<400 {
                var damaged = der
                for _ in 0..<Int.random(in: 1...4, using: &random) {
                    damaged[Int.random(in: 0..<damaged.count, using: &random)] = UInt8.random(
                        in: 0...255,
                        using: &random
                    )
                }
                guard let parsed = try? ClientCertificate(der: damaged) else { continue }
                #expect(parsed.der == damaged, "seed \(seed)")
                _ = try? parsed.details()
            }
        }
    }

    @Test("PEM text of several certificates is a leaf with issuers")
    func readsChains() throws {
        let leaf = try Fixtures.chain("good-under-intermediate")
        #expect(leaf.subject.commonName == "svc-a")
        #expect(leaf.issuers.map(\.subject.commonName) == ["Issuing CA"])
        #expect(try ClientCertificate(pem: leaf.pem) == leaf)
        let text = try Fixtures.text("chains/whole-chain.pem")
        #expect(try ClientCertificate.chain(pem: text).count == 3)
        #expect(try ClientCertificate.chain(pem: text.split(separator: "\n").joined(separator: "\r\n")).count == 3)
    }

    @Test("PEM text with anything else in it is refused")
    func refusesOtherPEM() throws {
        let pem = try Fixtures.certificate("ec-p256").pem
        let body = pem.split(separator: "\n").dropFirst().dropLast().joined()
        let begin = "-----BEGIN CERTIFICATE-----"
        let end = "-----END CERTIFICATE-----"
        #expect(try ClientCertificate.chain(pem: "\(begin)\n\(body)\n\(end)").count == 1)
        let texts = [
            "", "x" + pem, pem + "x", pem.replacing("CERTIFICATE", with: "TRUSTED CERTIFICATE"),
            pem.replacing("CERTIFICATE", with: "X509 CERTIFICATE"), "\(begin)\(body)\(end)", begin + "\n" + body,
            "\(begin)\n\(body.dropLast(3))*==\n\(end)", "\(begin)\n\n\(end)", String(repeating: pem, count: 11),
            "\(begin)\n \(body)\n\(end)", begin, String(repeating: begin, count: 5000),
            "\(begin)\n\(begin)\n\(body)\n\(end)",
        ]
        for text in texts {
            #expect(throws: CertificateError.self) { try ClientCertificate.chain(pem: text) }
        }
    }

    @Test("Details say what Node's object does not")
    func readsDetails() throws {
        let details = try Fixtures.certificate("many-extensions").details()
        #expect(details.keyUsage?.names == ["digitalSignature", "keyEncipherment"])
        #expect(details.signatureAlgorithm == "ecdsa-with-SHA256")
        #expect(details.publicKey.algorithm == "EC" && details.publicKey.curve == "prime256v1")
        #expect(details.subjectKeyIdentifier == details.authorityKeyIdentifier)
        #expect(details.extensions.map(\.oid).contains("2.5.29.31"))
        #expect(details.extensions.first?.isCritical == true)
        #expect(try Fixtures.certificate("ca-path-length").details().pathLength == 3)
        #expect(try Fixtures.certificate("ed25519").details().publicKey.algorithm == "ED25519")
        #expect(try Fixtures.certificate("key-unknown").details().publicKey.algorithm == "unknown")
        #expect(try Fixtures.certificate("no-eku").details().keyUsage == nil)
    }

    @Test("A certificate whose dates cannot be read is never valid")
    func badDatesAreNeverValid() throws {
        let certificate = try Fixtures.certificate("dates-bad")
        #expect(certificate.notBefore > certificate.notAfter)
        #expect(
            ExpiryLevel.level(notBefore: certificate.notBefore, notAfter: certificate.notAfter, at: .now()) == .expired
        )
    }
}
