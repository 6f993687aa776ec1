import Testing

@testable import CertCore

@Suite("Envoy's x-forwarded-client-cert")
struct XFCCHeaderTests {
    let leaf: ClientCertificate
    let other: ClientCertificate
    let cert: String
    let forged: String

    init() throws {
        leaf = try Fixtures.chain("good-under-intermediate")
        other = try Fixtures.chain("unknown-issuer")
        cert = HeaderTexts.percent(leaf.pem)
        forged = HeaderTexts.percent(other.pem)
    }

    private func extract(_ value: String, _ element: XFCCElementChoice = .first) throws -> ExtractionResult {
        let options = try ExtractionOptions(certificateSource: .envoy, includeChain: true, xfccElement: element)
        return extractClientCertificate(
            from: ClientCertificateRequest(headers: ["X-Forwarded-Client-Cert": value]),
            options: options
        )
    }

    @Test("Keys are read in any case, with blanks around separators and empty pairs")
    func readsLoosely() throws {
        for value in [
            "Cert=\"\(cert)\"", "cert=\"\(cert)\"", "CERT=\(cert)", ";;Cert=\"\(cert)\";",
            "By=a=b; Cert=\"\(cert)\" ;URI=",
            "By=x;By=y;URI=a;URI=b;DNS=c;Hash=\(leaf.sha256.hex);Cert=\"\(cert)\"", "Cert=\"\(cert)\",By=x",
        ] {
            #expect(try extract(value).certificate == leaf, "\(value.prefix(30))")
        }
    }

    @Test("Chain is preferred to Cert, and both must begin with the same certificate")
    func chainAndCert() throws {
        let issuing = try Fixtures.chain("issuing-ca")
        let chain = HeaderTexts.percent(leaf.pem + issuing.pem)
        #expect(try extract("Cert=\"\(cert)\";Chain=\"\(chain)\"").certificate?.issuers == [issuing])
        #expect(try extract("Chain=\"\(chain)\"").certificate == leaf)
        #expect(try extract("Cert=\"\(forged)\";Chain=\"\(chain)\"").detail == .identityMismatch)
    }

    @Test("A hash or a subject of another certificate unmasks a forged one")
    func checksHashAndSubject() throws {
        #expect(try extract("Hash=\(leaf.sha256.hex);URI=x;Cert=\"\(forged)\"").detail == .identityMismatch)
        #expect(try extract("Hash=00;Cert=\"\(cert)\"").detail == .identityMismatch)
        #expect(try extract("Hash=\(leaf.sha256.hex.uppercased());Cert=\"\(cert)\"").success)
        #expect(try extract("Cert=\"\(cert)\";Subject=\"CN=svc-a,O=Example\"").success)
        #expect(try extract("Cert=\"\(cert)\";Subject=\"CN=svc-b,O=Example\"").detail == .identityMismatch)
        #expect(try extract("Cert=\"\(cert)\";Subject=\"\"").detail == .identityMismatch)
    }

    @Test("A subject that Envoy has escaped is the subject")
    func readsEscapedSubjects() throws {
        let odd = try Fixtures.certificate("subject-string-types")
        let bytes = Array(odd.subject.rfc2253.utf8).map { byte in
            byte < 0x80 ? String(Unicode.Scalar(byte)) : "\\" + Hexadecimal.text([byte], uppercase: true)
        }
        let value = "Cert=\"\(HeaderTexts.percent(odd.pem))\";Subject=\"\(bytes.joined())\""
        #expect(try extract(value).certificate == odd)
    }

    @Test("Injected, repeated and broken pairs make the whole header invalid")
    func refusesInjection() throws {
        for value in [
            "Cert=\"\(cert)\";Cert=\"\(forged)\"", "Cert=\"\(cert)\";cert=\"\(cert)\"",
            "Hash=a;Hash=b;Cert=\"\(cert)\"",
            "Subject=\"a\";Subject=\"b\";Cert=\"\(cert)\"", "Chain=\"\(cert)\";Chain=\"\(cert)\"", "Cert=\"\(cert)",
            "By=x\"y;Cert=\"\(cert)\"", "Cert=\"\(cert)\"x", "Cert=\"\(cert)\"By=x", "By=\"x\\\\\";Cert=\"\(cert)\"",
            "Cert=x\"\(cert)\"", "Subject=\"CN=a\\\\\";Cert=\"\(cert)\"", "Cert",
            "Cert=\"\(cert)\";junk",
            "=x;Cert=\"\(cert)\"", "Cert=\"\(cert)\",By=\"open", "Cert=", "Cert=\"\"", "By=x", "", ",Cert=\"\(cert)\"",
            "By=x,Cert=\"\(cert)\"",
        ] {
            let result = try extract(value)
            #expect(!result.success && result.reason == .headerMissingOrMalformed, "\(value.prefix(30))")
        }
    }

    @Test("Separators inside quotes separate nothing")
    func quotedSeparators() throws {
        let header = try XFCCHeader(Array("Subject=\"CN=a\\\"b,c;d\";By=x , By=y".utf8))
        #expect(header.count == 2)
        let subject = try #require(try header.element(.first)?.value(of: .subject))
        #expect(XFCCHeader.unescaped(subject) == Array("CN=a\"b,c;d".utf8))
        #expect(try header.element(.last)?.value(of: .subject) == nil)
    }

    @Test("The element is chosen from the left end, the right end, or by number from the right")
    func choosesElements() throws {
        let value = "Cert=\"\(cert)\",By=proxy,Cert=\"\(forged)\""
        #expect(try extract(value).certificate == leaf)
        #expect(try extract(value, .last).certificate == other)
        #expect(try extract(value, .fromRight(1)).certificate == other)
        #expect(try extract(value, .fromRight(3)).certificate == leaf)
        #expect(try !extract(value, .fromRight(2)).success)
        #expect(try !extract(value, .fromRight(4)).success)
    }
}
