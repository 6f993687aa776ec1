import CertCore
import SafeText
import Testing

@Suite("Revocation lists")
struct RevocationCheckerTests {
    private let now = Timestamp(rfc3339: "2026-09-01T00:00:00Z") ?? Timestamp(milliseconds: 0)

    private func checker(_ names: String..., issuers: [String] = ["root"]) throws -> RevocationChecker {
        var files = SourceFiles()
        return try RevocationChecker(
            files: names.map { "\(Fixtures.root)/chains/\($0).crl.pem" },
            issuers: issuers.map(Fixtures.chain),
            reading: &files
        )
    }

    @Test("A listed certificate is revoked; others are good, or unknown without a list of their issuer")
    func status() throws {
        let checker = try checker("list")
        #expect(try checker.status(of: Fixtures.chain("revoked"), at: now) == .revoked)
        #expect(try checker.status(of: Fixtures.chain("good"), at: now) == .good)
        #expect(try checker.status(of: Fixtures.chain("intermediate-missing"), at: now) == .unknown)
        #expect(try RevocationChecker([]).status(of: Fixtures.chain("revoked"), at: now) == .unknown)
    }

    @Test("A list past its next update still revokes, and vouches for nobody")
    func stale() throws {
        let checker = try checker("expired-list")
        #expect(try checker.status(of: Fixtures.chain("revoked"), at: now) == .revoked)
        #expect(try checker.status(of: Fixtures.chain("good"), at: now) == .stale)
        let both = try self.checker("expired-list", "list")
        #expect(try both.status(of: Fixtures.chain("good"), at: now) == .good)
        #expect(try self.checker("list").warnings(at: now).isEmpty)
        let told = checker.warnings(at: now).map(\.string)
        #expect(
            told == ["the revocation list of 'CN=Root,O=Example' is past its next update, 2026-07-01T00:00:00.000Z"]
        )
    }

    @Test("A list in a known CA's name that this CA has not signed is refused, and named")
    func forged() throws {
        for name in ["forged-list", "twin-list"] {
            let problem = #expect(throws: FileProblem.self) { try checker("list", name) }
            #expect(problem?.kind == .malformed && problem?.path.hasSuffix("/\(name).crl.pem") == true)
            #expect(problem?.message.string.contains("not signed") == true)
        }
        let forged = try RevocationList.bundle(Fixtures.bytes("chains/forged-list.crl.pem"))
        #expect(throws: ConfigurationError.self) {
            try TrustedAuthorities(anchors: [Fixtures.chain("root")], revocationLists: forged)
        }
    }

    @Test("A CA whose key usage leaves out lists signs none")
    func keyUsage() throws {
        #expect(throws: FileProblem.self) { try checker("listless-list", issuers: ["listless-root"]) }
    }

    @Test("A list counts for what the same key has signed, not for another CA of the same name")
    func namesakes() throws {
        let both = try checker("list", "twin-list", issuers: ["root", "twin-root"])
        #expect(both.warnings(at: now).isEmpty)
        #expect(try both.status(of: Fixtures.chain("revoked"), at: now) == .revoked)
        #expect(try both.status(of: Fixtures.chain("revoked-serial-of-twin"), at: now) == .revoked)
        let root = try checker("list", issuers: ["root", "twin-root"])
        #expect(try root.status(of: Fixtures.chain("revoked"), at: now) == .revoked)
        #expect(try root.status(of: Fixtures.chain("revoked-serial-of-twin"), at: now) == .unknown)
    }

    @Test("A list whose signer is not known is warned of, and what stands on it is turned away all the same")
    func unverified() async throws {
        for name in ["list", "forged-list"] {
            let checker = try checker(name, issuers: [])
            #expect(checker.warnings(at: now).count == 1)
            #expect(checker.warnings(at: now)[0].string.contains("cannot be verified"))
            #expect(try checker.status(of: Fixtures.chain("revoked"), at: now) == .unverified)
            #expect(try checker.status(of: Fixtures.chain("good"), at: now) == .unknown)
            let authenticator = ClientCertificateAuthenticator(revocations: { checker }, authorize: { _, _ in true })
            let socket = SocketIdentity(authorized: true, chain: [try Fixtures.chain("revoked")])
            let outcome = await authenticator.authenticate(ClientCertificateRequest(socket: socket), at: now)
            #expect(outcome.reason == .certificateRevoked)
        }
        // What a proven chain says counts: the root has not signed the forged list.
        let root = try Fixtures.chain("root")
        let status = try checker("forged-list", issuers: [])
            .status(of: Fixtures.chain("revoked"), issuers: [root], at: now)
        #expect(status == .unknown)
    }

    @Test("A CA that came along below a known one proves its list; one that nobody known has signed proves nothing")
    func chainProves() throws {
        let checker = try checker("issuing-ca-revoking-list")
        #expect(checker.warnings(at: now).count == 1)
        let whole = try Fixtures.chain("revoked-under-intermediate")
        #expect(checker.status(of: whole, at: now) == .revoked)
        var alone = whole
        alone.issuers = []
        #expect(checker.status(of: alone, at: now) == .unverified)
        #expect(checker.status(of: alone, issuers: whole.issuers, at: now) == .revoked)
        #expect(try checker.status(of: Fixtures.chain("good-under-intermediate"), at: now) == .good)
        let stranger = try self.checker("issuing-ca-revoking-list", issuers: ["stranger-root"])
        #expect(stranger.status(of: whole, at: now) == .unverified)
    }

    @Test("CAs may stand in the file of the lists")
    func besideTheLists() throws {
        let folder = try TestFolder()
        let pem = try Fixtures.text("chains/root.pem")
        func load(_ list: String) throws -> RevocationChecker {
            let path = try folder.write(pem + Fixtures.text("chains/\(list).crl.pem"), to: "ca.crl")
            var files = SourceFiles()
            return try RevocationChecker(files: [path], reading: &files)
        }
        #expect(try load("list").status(of: Fixtures.chain("revoked"), at: now) == .revoked)
        #expect(try load("list").warnings(at: now).isEmpty)
        #expect(throws: FileProblem.self) { try load("forged-list") }
    }

    @Test("A revoked certificate is turned away before the application is asked, whatever it would say")
    func beforeTheApplication() async throws {
        let checker = try checker("list")
        let authenticator = ClientCertificateAuthenticator(
            revocations: { checker },
            authorize: { certificate, _ in
                #expect(certificate.serialNumber != "42")
                return true
            }
        )
        func outcome(_ name: String) async throws -> AuthenticationOutcome {
            let socket = SocketIdentity(authorized: true, chain: [try Fixtures.chain(name)])
            return await authenticator.authenticate(ClientCertificateRequest(socket: socket), at: now)
        }
        let refused = try await outcome("revoked")
        #expect(refused.reason == .certificateRevoked && refused.certificate != nil && !refused.authenticated)
        #expect(try await outcome("good").authenticated)
        #expect(try await outcome("intermediate-missing").authenticated)
    }

    @Test("A CA between that was revoked takes what it issued with it")
    func revokedIntermediate() throws {
        let root = try Fixtures.chain("root")
        func judge(_ lists: String...) throws -> TrustedAuthorities.Judgement {
            let lists = try lists.flatMap { try RevocationList.bundle(Fixtures.bytes("chains/\($0).crl.pem")) }
            return try TrustedAuthorities(anchors: [root], revocationLists: lists)
                .judge(Fixtures.chain("good-under-intermediate"), at: now)
        }
        #expect(try judge() == .trusted)
        #expect(try judge("list", "issuing-ca-list") == .trusted)
        #expect(try judge("issuing-ca-list", "list-with-issuing-ca") == .revoked)
        // Without a list of the leaf's own issuer nobody knows.
        #expect(try judge("list") == .untrusted(VerificationCode(rawValue: 3), depth: 0))
    }

    @Test("Files may hold DER, or PEM with text around the blocks; never none")
    func files() throws {
        let pem = try Fixtures.text("chains/root.pem")
        let der = try Fixtures.chain("root").der
        #expect(try ClientCertificate.bundle(der).count == 1)
        #expect(try ClientCertificate.bundle(Array("Subject: x\r\n\(pem)\nmore\n\(pem)".utf8)).count == 2)
        let list = try Fixtures.text("chains/list.crl.pem")
        #expect(try ClientCertificate.bundle(Array((list + pem).utf8)).count == 1)
        #expect(try RevocationList.bundle(Array((pem + list).utf8)).count == 1)
        #expect(try RevocationList.bundle(RevocationList.lists(pem: list)[0].der).count == 1)
        for broken in ["", "nothing", String(pem.dropLast(30)), pem.replacing("M", with: "*")] {
            #expect(throws: CertificateError.self) { try ClientCertificate.bundle(Array(broken.utf8)) }
        }
        #expect(throws: CertificateError.self) { try RevocationList.bundle(Array(pem.utf8)) }
    }
}
