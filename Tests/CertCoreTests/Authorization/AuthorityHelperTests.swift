import CertCore
import Testing

@Suite("Authorization by CA and by SPIFFE identity")
struct AuthorityHelperTests {
    private let time = Timestamp(rfc3339: "2026-09-01T00:00:00Z") ?? Timestamp(milliseconds: 0)

    private func allows(_ anchors: [String], _ name: String, depth: Int = 10) async throws -> Bool {
        let time = time
        let callback = try allowCA(anchors.map(Fixtures.chain), maximumDepth: depth) { time }
        return try await callback(Fixtures.chain(name), ClientCertificateRequest())
    }

    @Test("A certificate is let in by signatures up to an anchor, which may be an intermediate")
    func chains() async throws {
        #expect(try await allows(["root"], "good"))
        #expect(try await allows(["root"], "good-under-intermediate"))
        #expect(try await allows(["issuing-ca"], "intermediate-missing"))
        #expect(try await allows(["stranger-root", "root"], "good"))
        #expect(try await !allows(["root"], "good-under-intermediate", depth: 0))
    }

    @Test(
        "Copied names and every fault of the chain keep a certificate out",
        arguments: [
            "intermediate-missing", "expired", "expired-intermediate", "not-yet-valid", "self-signed",
            "self-signed-in-chain",
            "unknown-issuer", "same-name-other-key", "server-only", "no-digital-signature", "issuer-no-ca",
            "path-length",
            "critical-extension", "root",
        ]
    )
    func faults(name: String) async throws {
        #expect(try await !allows(["root"], name))
    }

    @Test("An anchor that comes itself is no client, even one that could be")
    func anchorAlone() async throws {
        #expect(try await !allows(["client-ca"], "client-ca"))
        #expect(try await !allows(["client-ca", "root"], "client-ca"))
    }

    @Test("The chain that came along is used even when the options leave it out")
    func usesHiddenChain() async throws {
        let time = time
        let socket = SocketIdentity(
            authorized: true,
            chain: try ClientCertificate.chain(pem: Fixtures.text("chains/good-under-intermediate.pem"))
        )
        let authenticator = ClientCertificateAuthenticator(
            authorize: try allowCA([Fixtures.chain("root")], clock: { time })
        )
        let outcome = await authenticator.authenticate(ClientCertificateRequest(socket: socket))
        #expect(outcome.authenticated && outcome.certificate?.issuers.isEmpty == true)
    }

    @Test("Anchors that are no CA are a configuration error")
    func refusesAnchors() throws {
        #expect(throws: ConfigurationError.self) { try allowCA([]) }
        #expect(throws: ConfigurationError.self) { try allowCA([Fixtures.chain("good")]) }
        #expect(throws: ConfigurationError.self) { try allowCA([Fixtures.chain("root")], maximumDepth: 11) }
    }

    @Test(
        "SPIFFE identities match whole or below a path, on segment borders",
        arguments: [
            ("spiffe://example.org/ns/prod/sa/a", true), ("spiffe://EXAMPLE.org/ns/prod/*", true),
            ("spiffe://example.org/*", true),
            ("spiffe://example.org/ns/prod/sa", false), ("spiffe://example.org/ns/pro*", false),
            ("spiffe://example.org/ns/prod/sa/a/*", false), ("spiffe://example.org/NS/prod/*", false),
            ("spiffe://example.com/*", false), ("spiffe://example.org", false), ("https://example.org/*", false),
            ("*", false),
            ("spiffe:///*", false), ("spiffe://example.org/ns/../*", false),
        ]
    )
    func spiffe(pattern: String, matches: Bool) async throws {
        let allowed = try await allowSPIFFE([pattern])(Fixtures.chain("good"), ClientCertificateRequest())
        #expect(allowed == matches)
    }

    @Test("A certificate without exactly one URI is nobody")
    func oneURI() async throws {
        let callback = allowSPIFFE(["spiffe://td.example/*"])
        #expect(try await callback(Fixtures.certificate("san-all-types"), ClientCertificateRequest()))
        #expect(try await !callback(Fixtures.certificate("ec-p256"), ClientCertificateRequest()))
        let both = allowSPIFFE(["spiffe://example.org/*"])
        #expect(try await both(Fixtures.chain("good"), ClientCertificateRequest()))
        #expect(try await !both(Fixtures.chain("two-identities"), ClientCertificateRequest()))
    }
}
