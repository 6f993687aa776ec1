import AuditEvents
import CertCore
import Testing

@testable import AuditStore

@Suite("Certificates are stored once")
struct CertificateTests {
    @Test("A certificate that comes in many forms is one row, parsed in full")
    func forms() throws {
        let place = try TemporaryDatabase()
        let harness = try WriterHarness(place)
        let der = try TestFile.certificate("rsa-2048")
        let certificate = try ClientCertificate(der: der)
        try harness.append(raw(der))
        try harness.append(raw(der))
        try harness.append(
            #"{"event":"authenticated","cert":{"pem":"\#(certificate.pem.replacing("\n", with: "\\n"))"}}"#
        )
        try harness.append(#"{"event":"rejected","fingerprint":"\#(certificate.sha256.colonHex)"}"#)
        try harness.append(#"{"event":"rejected","fingerprint":"\#(certificate.sha1.hex)"}"#)
        try harness.commit()
        #expect(try harness.rows("SELECT cert, count(*) FROM event GROUP BY cert") == [["1", "5"]])
        #expect(
            try harness.rows(
                "SELECT lower(hex(identity)), lower(hex(sha256)), lower(hex(sha1)), length(der), first_event FROM cert"
            ) == [[certificate.sha256.hex, certificate.sha256.hex, certificate.sha1.hex, "\(der.count)", "1"]]
        )
        #expect(
            try harness.rows("SELECT subject, issuer, serial, not_before, not_after FROM cert") == [
                [
                    certificate.subject.rfc2253, certificate.issuer.rfc2253, certificate.serialNumber,
                    "\(certificate.notBefore.milliseconds)", "\(certificate.notAfter.milliseconds)",
                ]
            ]
        )
        #expect(
            try harness.rows("SELECT kind, lower(hex(value)), cert FROM cert_alias") == [
                ["1", certificate.sha1.hex, "1"]
            ]
        )
    }

    @Test("A certificate is known again after a restart")
    func restart() throws {
        let place = try TemporaryDatabase()
        let der = try TestFile.certificate("ec-p256")
        for _ in 0..<2 {
            let harness = try WriterHarness(place)
            try harness.append(raw(der))
            try harness.append(#"{"event":"rejected","fingerprint":"\#(Fingerprint.sha1(of: der).hex)"}"#)
            try harness.append(#"{"event":"rejected","cn":"only-a-name"}"#)
            try harness.writer.close(now: harness.now)
        }
        let harness = try WriterHarness(place)
        #expect(try harness.rows("SELECT cert, count(*) FROM event GROUP BY cert") == [["1", "4"], ["2", "2"]])
        #expect(try harness.rows("SELECT first_event FROM cert ORDER BY id") == [["1"], ["3"]])
    }

    @Test("A certificate known by SHA-256 only is asked for, and its row is filled when it comes")
    func upgrade() throws {
        let place = try TemporaryDatabase()
        let harness = try WriterHarness(place)
        let der = try TestFile.certificate("rsa-2048")
        let sha256 = Fingerprint.sha256(of: der).hex
        for _ in 0..<2 { try harness.append(#"{"event":"authenticated","cn":"told","fingerprint":"\#(sha256)"}"#) }
        try harness.commit()
        #expect(try harness.rows("SELECT cn, der FROM cert") == [["told", "-"]])
        #expect(harness.writer.certificatesWanted() == [sha256])
        #expect(harness.writer.certificatesWanted() == [])
        try harness.writer.addCertificate(der: der)
        try harness.commit()
        #expect(try harness.rows("SELECT length(der), first_event FROM cert") == [["\(der.count)", "1"]])
        try harness.append(raw(der))
        try harness.commit()
        #expect(try harness.rows("SELECT cert, count(*) FROM event GROUP BY cert") == [["1", "3"]])
    }

    @Test("A certificate known by SHA-1 only becomes the certificate itself when its DER comes")
    func adoption() throws {
        let place = try TemporaryDatabase()
        let harness = try WriterHarness(place)
        let der = try TestFile.certificate("rsa-2048")
        try harness.append(
            #"{"event":"authenticated","cert":{"fingerprint":"\#(Fingerprint.sha1(of: der).colonHex)"}}"#
        )
        try harness.commit()
        try harness.append(raw(der))
        try harness.commit()
        #expect(try harness.rows("SELECT cert, count(*) FROM event GROUP BY cert") == [["1", "2"]])
        #expect(try harness.value("SELECT lower(hex(identity)) FROM cert") == Fingerprint.sha256(of: der).hex)
    }

    @Test("Two rows that turn out to be one certificate are linked, and what comes later goes to one")
    func link() throws {
        let place = try TemporaryDatabase()
        let harness = try WriterHarness(place)
        let der = try TestFile.certificate("rsa-2048")
        let sha1 = Fingerprint.sha1(of: der).hex
        try harness.append(#"{"event":"authenticated","fingerprint":"\#(Fingerprint.sha256(of: der).hex)"}"#)
        try harness.append(#"{"event":"authenticated","fingerprint":"\#(sha1)"}"#)
        try harness.commit()
        #expect(try harness.value("SELECT count(*) FROM cert") == "2")
        try harness.append(raw(der))
        try harness.commit()
        #expect(try harness.rows("SELECT id, same_as FROM cert ORDER BY id") == [["1", "-"], ["2", "1"]])
        let later = try WriterHarness(try place.copyAsAfterCrash())
        try later.append(#"{"event":"authenticated","fingerprint":"\#(sha1)"}"#)
        try later.commit()
        #expect(try later.rows("SELECT cert FROM event ORDER BY id") == [["1"], ["2"], ["1"], ["1"]])
    }

    @Test("A claimed SHA-1 gives nobody another's events")
    func claimedAlias() throws {
        let place = try TemporaryDatabase()
        let harness = try WriterHarness(place)
        let der = try TestFile.certificate("rsa-2048")
        let sha1 = Fingerprint.sha1(of: der).colonHex
        let forged = String(repeating: "AB", count: 32)
        try harness.append(#"{"event":"rejected","cert":{"fingerprint256":"\#(forged)","fingerprint":"\#(sha1)"}}"#)
        try harness.append(raw(der))
        try harness.append(#"{"event":"authenticated","cert":{"fingerprint":"\#(sha1)"}}"#)
        try harness.commit()
        #expect(try harness.rows("SELECT cert FROM event ORDER BY id") == [["1"], ["2"], ["2"]])
    }

    @Test("The chain that came along is stored in order, its certificates once")
    func chain() throws {
        let place = try TemporaryDatabase()
        let harness = try WriterHarness(place)
        let leaf = try TestFile.certificate("ec-p256")
        let issuer = Base64.encode(try TestFile.certificate("ca-path-length"))
        let root = Base64.encode(try TestFile.certificate("ca"))
        let line = """
            {"event":"authenticated","cert":{"raw":"\(Base64.encode(leaf))",\
            "issuerCertificate":{"raw":"\(issuer)","issuerCertificate":{"raw":"\(root)"}}}}
            """
        try harness.append(raw(leaf))
        for _ in 0..<2 { try harness.append(line) }
        try harness.commit()
        #expect(try harness.rows("SELECT * FROM cert_issuer") == [["1", "1", "2"], ["1", "2", "3"]])
        #expect(try harness.rows("SELECT id, first_event FROM cert") == [["1", "1"], ["2", "-"], ["3", "-"]])
        try harness.append(#"{"event":"rejected","cert":{"raw":"\#(issuer)"}}"#)
        try harness.commit()
        #expect(try harness.value("SELECT first_event FROM cert WHERE id = 2") == "4")
    }

    @Test("Issuers behind the leaf in PEM text are stored as its chain")
    func chainInPEM() throws {
        let place = try TemporaryDatabase()
        let harness = try WriterHarness(place)
        let pem = try ["ec-p256", "ca-path-length", "ca"].map { name in
            try ClientCertificate(der: TestFile.certificate(name)).pem
        }
        let text = pem.joined().replacing("\n", with: "\\n")
        for _ in 0..<2 { try harness.append(#"{"event":"authenticated","cert":{"pem":"\#(text)"}}"#) }
        try harness.commit()
        #expect(try harness.rows("SELECT * FROM cert_issuer") == [["1", "1", "2"], ["1", "2", "3"]])
        #expect(try harness.rows("SELECT cert, count(*) FROM event GROUP BY cert") == [["1", "2"]])
    }

    @Test(
        "An event with an unreadable certificate is stored without it and marked",
        arguments: ["AAAA", "MIIB", "!!!!", "MIIBAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"]
    )
    func unreadable(text: String) throws {
        let place = try TemporaryDatabase()
        let harness = try WriterHarness(place)
        let line = #"{"event":"rejected","cert":{"raw":"\#(text)"}}"#
        for _ in 0..<2 { #expect(try harness.append(line) == .storedWithoutCertificate(.badCert)) }
        try harness.commit()
        let marks = "\(EventMarks.badCertificate.rawValue)"
        #expect(try harness.rows("SELECT cert, marks FROM event") == [["-", marks], ["-", marks]])
        #expect(try harness.value("SELECT count(*) FROM cert") == "0")
    }

    @Test("An event with a certificate over 64 KiB is stored without it and marked")
    func tooLarge() throws {
        let place = try TemporaryDatabase()
        let harness = try WriterHarness(place)
        let der = [UInt8](repeating: 0x30, count: 65_537)
        #expect(try harness.append(raw(der)) == .storedWithoutCertificate(.certTooLarge))
        try harness.commit()
        #expect(
            try harness.rows("SELECT cert, marks FROM event") == [["-", "\(EventMarks.certificateTooLarge.rawValue)"]]
        )
        #expect(throws: LineError.self) { try harness.writer.addCertificate(der: der) }
    }

    @Test("A truncated certificate at any length is refused, and the fingerprint told beside it still counts")
    func truncated() throws {
        let place = try TemporaryDatabase()
        let harness = try WriterHarness(place)
        let der = try TestFile.certificate("rsa-2048")
        for length in stride(from: 1, to: der.count, by: 7) {
            let line = #"{"event":"rejected","cert":{"raw":"\#(Base64.encode(Array(der[..<length])))"}}"#
            #expect(try harness.append(line) == .storedWithoutCertificate(.badCert))
        }
        let told = Fingerprint.sha256(of: der).hex
        try harness.append(#"{"event":"rejected","cert":{"raw":"AAAA","fingerprint256":"\#(told)"}}"#)
        try harness.commit()
        #expect(try harness.value("SELECT count(*) FROM cert") == "1")
        #expect(try harness.value("SELECT count(*) FROM event WHERE cert = 1") == "1")
    }

    @Test("Texts that are equal at both ends and differ in the middle are different certificates")
    func middle() throws {
        let place = try TemporaryDatabase()
        let harness = try WriterHarness(place)
        let der = try TestFile.certificate("rsa-2048")
        var other = der
        other[der.count / 2] ^= 1
        for certificate in [der, other, der, other] { try harness.append(raw(certificate)) }
        try harness.commit()
        #expect(try harness.rows("SELECT cert FROM event ORDER BY id") == [["1"], ["2"], ["1"], ["2"]])
        #expect(try harness.value("SELECT count(DISTINCT sha256) FROM cert") == "2")
    }

    @Test("Rejections without words are classed by the certificate's validity at the event's time")
    func validity() throws {
        let place = try TemporaryDatabase()
        let harness = try WriterHarness(place)
        let certificate = try ClientCertificate(der: try TestFile.certificate("rsa-2048"))
        let raw = Base64.encode(certificate.der)
        for time in [certificate.notAfter.milliseconds + 1, certificate.notBefore.milliseconds - 1] {
            try harness.append(
                #"{"event":"rejected","time":\#(time),"reason":"socket_not_authorized","cert":{"raw":"\#(raw)"}}"#
            )
        }
        try harness.commit()
        #expect(
            try harness.rows("SELECT class, code FROM event JOIN verdict ON verdict.id = verdict ORDER BY event.id")
                == [["\(RejectionClass.expired.id)", "10"], ["\(RejectionClass.notYetValid.id)", "9"]]
        )
    }

    @Test("A certificate of which only names are known keeps them and gets an identity of its own")
    func names() throws {
        let place = try TemporaryDatabase()
        let harness = try WriterHarness(place)
        let first = #"{"event":"authenticated","cert":{"subject":{"CN":"svc-a","O":"Acme"},"serialNumber":"0A"}}"#
        let second = #"{"event":"authenticated","cert":{"subject":{"CN":"svc-a","O":"Acme"},"serialNumber":"0B"}}"#
        for line in [first, second, first] { try harness.append(line) }
        try harness.append(#"{"event":"rejected","cert":null}"#)
        try harness.append(#"{"event":"rejected","cert":{}}"#)
        try harness.commit()
        #expect(try harness.rows("SELECT cert FROM event ORDER BY id") == [["1"], ["2"], ["1"], ["-"], ["-"]])
        #expect(
            try harness.rows("SELECT length(identity), sha256, serial FROM cert") == [
                ["33", "-", "0A"], ["33", "-", "0B"],
            ]
        )
        #expect(try harness.value("SELECT subject FROM cert WHERE id = 1").contains("CN=svc-a"))
    }

    @Test("Certificates of the corpus that parse are stored, those that do not are marked", arguments: certificateNames)
    func corpus(name: String) throws {
        let place = try TemporaryDatabase()
        let harness = try WriterHarness(place)
        let der = try TestFile.certificate(name)
        let parses = (try? ClientCertificate(der: der)) != nil
        let result = try harness.append(raw(der))
        #expect(result == (parses ? .stored : .storedWithoutCertificate(.badCert)))
        try harness.commit()
        #expect(try harness.value("SELECT count(*) FROM cert WHERE identity_key <> ''") == (parses ? "1" : "0"))
    }

    private static let certificateNames = [
        "san-all-types", "san-malformed", "san-many", "san-quoting", "subject-bad-utf8", "subject-empty",
        "subject-hostile", "subject-long", "subject-nul", "subject-not-a-string", "serial-40-octets", "serial-negative",
        "dates-bad", "dates-inverted", "dates-1950-9999", "ec-bad-point", "key-unknown", "many-extensions", "version-1",
    ]

    private func raw(_ der: [UInt8]) -> String {
        #"{"event":"authenticated","cert":{"raw":"\#(Base64.encode(der))"}}"#
    }
}
