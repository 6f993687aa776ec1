import CertCore
import Testing

@Suite("Authorization helpers")
struct HelperTests {
    private func allows(_ callback: AuthorizationCallback, _ name: String) async throws -> Bool {
        try await callback(Fixtures.certificate(name), ClientCertificateRequest())
    }

    @Test("Names are compared to the letter, any of a repeated attribute counts")
    func names() async throws {
        #expect(try await allows(allowCN(["svc-a"]), "ec-p256"))
        #expect(try await !allows(allowCN(["SVC-A", "svc-", "svc-a "]), "ec-p256"))
        #expect(try await allows(allowCN(["svc-b"]), "repeated-attributes"))
        #expect(try await allows(allowOU(["DevTeam"]), "repeated-attributes"))
        #expect(try await !allows(allowOU(["Engineering,DevTeam"]), "repeated-attributes"))
        #expect(try await allows(allowOrganization(["Example"]), "multi-valued-rdn"))
        #expect(try await !allows(allowCN([]), "ec-p256"))
        #expect(try await !allows(allowCN([""]), "subject-empty"))
    }

    @Test("Texts that only look alike are different names")
    func canonicalEquivalence() async throws {
        // U+00FC in the certificate, u and U+0308 on the list: one name for Swift's own comparison.
        #expect(try await allows(allowCN(["B\u{fc}cher \u{20ac}"]), "subject-string-types"))
        #expect(try await !allows(allowCN(["Bu\u{308}cher \u{20ac}"]), "subject-string-types"))
        #expect(try await !allows(allowCN(["good.example"]), "subject-nul"))
        #expect(try await !allows(allowSAN(["DNS:good.example", "good.example"]), "san-quoting"))
    }

    @Test("An issuer or subject must have all attributes, and none never matches")
    func matchers() async throws {
        #expect(try await allows(allowIssuer(["O": "Example Ltd"]), "ec-p256"))
        #expect(try await allows(allowIssuer(["O": "Example Ltd", "C": "DE"]), "ec-p256"))
        #expect(try await !allows(allowIssuer(["O": "Example Ltd", "C": "FR"]), "ec-p256"))
        #expect(try await !allows(allowIssuer([:]), "ec-p256"))
        #expect(try await !allows(allowSubject([:]), "subject-empty"))
        #expect(try await allows(allowSubject(["OU": "Night"]), "repeated-attributes"))
    }

    @Test("Fingerprints match in every usual form, never by a prefix of another kind")
    func fingerprints() async throws {
        let certificate = try Fixtures.certificate("ec-p256")
        let forms = [
            certificate.sha256.hex, certificate.sha256.colonHex, "SHA256:" + certificate.sha256.hex,
            certificate.sha1.hex,
            certificate.sha1.colonHex, certificate.sha512.hex,
        ]
        for form in forms { #expect(try await allows(allowFingerprints([form]), "ec-p256")) }
        for form in ["SHA256:" + certificate.sha1.hex, String(certificate.sha256.hex.dropLast(2)), ""] {
            #expect(try await !allows(allowFingerprints([form]), "ec-p256"))
        }
    }

    @Test("Serial numbers match without regard to their writing")
    func serials() async throws {
        for form in ["0A1B", "a1b", "0x0a1b", "00:0A:1B", "0a 1b"] {
            #expect(try await allows(allowSerial([form]), "ec-p256"), "\(form)")
        }
        for form in ["", "0A1", "0A1B0", "xyz", "-0A1B"] {
            #expect(try await !allows(allowSerial([form]), "ec-p256"), "\(form)")
        }
        #expect(try await allows(allowSerial(["0", "00"]), "serial-zero"))
        #expect(try await allows(allowSerial(["-5"]), "serial-negative"))
        #expect(try await !allows(allowSerial(["5"]), "serial-negative"))
    }

    @Test(
        "Further names match by type",
        arguments: [
            ("DNS:a.example", true), ("dns:A.EXAMPLE", true), ("a.example", true), ("DNS:*.example", true),
            ("*.example", false), ("DNS:*.a.example", false), ("DNS:*", false), ("email:U@a.example", true),
            ("email:a.example", false), ("URI:spiffe://TD.example/ns/prod/sa/a", true),
            ("SPIFFE://td.example/ns/prod/sa/a", true), ("URI:spiffe://td.example/NS/prod/sa/a", false),
            ("IP:10.0.0.1", true), ("IP Address:10.0.0.1", true), ("10.0.0.1", true), ("IP:2001:db8::1", true),
            ("IP:::ffff:10.0.0.1", false), ("IP:10.0.0.2", false), ("othername:UPN:user@corp.example", true),
            ("UPN:user@corp.example", true), ("UPN:u@a.example", false), ("Registered ID:1.2.840.113556.1.4", true),
            ("DirName:CN=dirname,O=Dir", true), ("DNS:", false), ("", false),
        ]
    )
    func alternativeNames(value: String, matches: Bool) async throws {
        #expect(try await allows(allowSAN([value]), "san-all-types") == matches)
    }

    @Test(
        "A star is one left-most label",
        arguments: [("x.a.example", true), ("X.A.Example", true), ("y.x.a.example", false), ("a.example", false)]
            + [(".a.example", false), ("x.b.example", false)]
    )
    func wildcards(name: String, matches: Bool) throws {
        let matcher = try #require(AlternativeNameMatcher("DNS:*.a.example"))
        #expect(matcher.matches(.dns(name)) == matches)
    }

    @Test("Names that Node quotes can be written quoted or plain, and never match a part")
    func quotedNames() async throws {
        #expect(try await allows(allowSAN([#"DNS:"nl\u000aDNS:evil""#]), "san-quoting"))
        #expect(try await allows(allowSAN(["DNS:nl\nDNS:evil"]), "san-quoting"))
        #expect(try await !allows(allowSAN(["DNS:evil", "DNS:evil.example"]), "san-quoting"))
        #expect(try await allows(allowSAN([#"URI:"http://a.example/x\u002c DNS:evil.example""#]), "san-quoting"))
    }

    @Test("E-mail addresses are found among the names and in the subject")
    func emails() async throws {
        #expect(try await allows(allowEmail(["U@A.example"]), "san-all-types"))
        #expect(try await allows(allowEmail(["A@b.example"]), "subject-string-types"))
        #expect(try await !allows(allowEmail([]), "san-all-types"))
    }

    @Test("Combinations of nothing let nobody in")
    func combinations() async throws {
        let yes: AuthorizationCallback = { _, _ in true }
        let no: AuthorizationCallback = { _, _ in false }
        #expect(try await !allows(allOf(), "ec-p256"))
        #expect(try await !allows(anyOf(), "ec-p256"))
        #expect(try await allows(allOf(yes, yes), "ec-p256"))
        #expect(try await !allows(allOf(yes, no), "ec-p256"))
        #expect(try await allows(anyOf(no, yes), "ec-p256"))
        #expect(try await !allows(anyOf(no, no), "ec-p256"))
        #expect(try await allows(allOf([anyOf(no, yes), allowCN(["svc-a"])]), "ec-p256"))
    }

    @Test("All of a combination are asked at once, with the request, also behind a no", .timeLimit(.minutes(1)))
    func combinationsAskAll() async throws {
        for combine in [allOf, anyOf] as [([AuthorizationCallback]) -> AuthorizationCallback] {
            let (arrivals, arrive) = AsyncStream<String>.makeStream()
            let (releases, release) = AsyncStream<Void>.makeStream()
            // The first says no at once; the second goes on only when the third has been asked too.
            let callback = combine([
                { _, request in
                    arrive.yield(request.url ?? "")
                    return false
                },
                { _, request in
                    for await _ in releases { break }
                    arrive.yield(request.url ?? "")
                    return true
                },
                { _, request in
                    arrive.yield(request.url ?? "")
                    release.yield()
                    return true
                },
            ])
            _ = try await callback(Fixtures.certificate("ec-p256"), ClientCertificateRequest(url: "/x"))
            arrive.finish()
            var told: [String] = []
            for await url in arrivals { told.append(url) }
            #expect(told == ["/x", "/x", "/x"])
        }
    }

    @Test("The first error of a combination is thrown on")
    func combinationErrors() async throws {
        let first: AuthorizationCallback = { _, _ in throw AuthorizationDenied("first") }
        let second: AuthorizationCallback = { _, _ in throw AuthorizationDenied("second") }
        let error = await #expect(throws: AuthorizationDenied.self) {
            try await allows(allOf(first, second), "ec-p256")
        }
        #expect(error?.message == "first")
    }
}
