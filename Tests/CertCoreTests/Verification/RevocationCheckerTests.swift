import CertCore
import Testing

@Suite("Revocation lists")
struct RevocationCheckerTests {
    private let now = Timestamp(rfc3339: "2026-09-01T00:00:00Z") ?? Timestamp(milliseconds: 0)

    private func checker(_ names: String...) throws -> RevocationChecker {
        var files = SourceFiles()
        return try RevocationChecker(files: names.map { "\(Fixtures.root)/chains/\($0).crl.pem" }, reading: &files)
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
