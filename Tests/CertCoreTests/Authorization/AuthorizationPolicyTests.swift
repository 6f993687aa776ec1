import CertCore
import SafeText
import Testing

@Suite("Policies as values")
struct AuthorizationPolicyTests {
    private let now = Timestamp(rfc3339: "2026-09-01T00:00:00Z") ?? Timestamp(milliseconds: 0)

    private func policy(_ rule: AuthorizationRule) throws -> AuthorizationPolicy {
        var files = SourceFiles()
        let now = now
        return try AuthorizationPolicy(rule, relativeTo: Fixtures.root + "/chains", reading: &files) { now }
    }

    private func problem(_ rule: AuthorizationRule) -> PolicyProblem? {
        do {
            _ = try policy(rule)
            return nil
        } catch {
            return error as? PolicyProblem
        }
    }

    @Test("Each rule decides as its helper does")
    func decides() async throws {
        let leaf = try Fixtures.chain("good")
        let yes: [AuthorizationRule] = [
            .allowCN(["x", "svc-a"]), .allowOrganization(["Example"]), .allowFingerprints([leaf.sha256.hex]),
            .allowIssuer(["CN": "Root"]), .allowSubject(["CN": "svc-a", "O": "Example"]),
            .allowSerial([leaf.serialNumber]), .allowSAN(["URI:spiffe://example.org/ns/prod/sa/a"]),
            .allowSPIFFE(["spiffe://example.org/ns/prod/*"]), .allowCA(.init(anchors: ["root.pem"])),
            .anyOf([.allowCN(["x"]), .allowCN(["svc-a"])]),
            .allOf([.allowCN(["svc-a"]), .allowIssuer(["O": "Example"])]),
        ]
        for rule in yes {
            #expect(try await policy(rule).callback(leaf, ClientCertificateRequest()), "\(rule.name)")
        }
        let no: [AuthorizationRule] = [
            .allowCN(["x"]), .allowOU(["Example"]), .allowOrganization(["x"]),
            .allowFingerprints([leaf.sha1.hex + "00"]),
            .allowIssuer(["CN": "svc-a"]), .allowSubject(["CN": "svc-a", "O": "x"]), .allowSerial(["01"]),
            .allowSAN(["DNS:svc-a"]), .allowEmail(["a@b.example"]), .allowSPIFFE(["spiffe://example.org/*/prod"]),
            .allowCA(.init(anchors: ["stranger-root.pem"])), .anyOf([.allowCN(["x"]), .allowCN(["y"])]),
            .allOf([.allowCN(["svc-a"]), .allowCN(["x"])]),
        ]
        for rule in no {
            #expect(try await !policy(rule).callback(leaf, ClientCertificateRequest()), "\(rule.name)")
        }
        #expect(Set((yes + no).map(\.name)) == Set(AuthorizationRule.names))
    }

    @Test(
        "Empty lists and matchers are refused wherever they stand, and named",
        arguments: [
            (.allowCN([]), "allowCN"), (.allowIssuer([:]), "allowIssuer"), (.allOf([]), "allOf"),
            (.anyOf([.allowCN(["a"]), .allowEmail([])]), "anyOf[1].allowEmail"),
            (.allOf([.anyOf([])]), "allOf[0].anyOf"), (.allowSubject([:]), "allowSubject"),
            (.allowSPIFFE([]), "allowSPIFFE"), (.allowCA(.init(anchors: [])), "allowCA"),
            (.allowOU(["a", ""]), "allowOU[1]"), (.allowIssuer(["O": "a", "CN": ""]), "allowIssuer.CN"),
            (.allowCA(.init(anchors: [""])), "allowCA"),
            (.allowCA(.init(anchors: ["root.pem"], maximumDepth: 11)), "allowCA"),
            (
                .allowFingerprints(["SHA256:0123456789012345678901234567890123456789"]), "allowFingerprints[0]"
            ),
        ] as [(AuthorizationRule, String)]
    )
    func refusesEmpty(rule: AuthorizationRule, place: String) {
        #expect(problem(rule)?.place == place && problem(rule)?.kind == .invalid)
    }

    @Test("A file of CAs that is missing, unreadable or no CA is named")
    func refusesFiles() throws {
        func file(_ name: String) -> PolicyProblem? { problem(.allOf([.allowCA(.init(anchors: ["root.pem", name]))])) }
        #expect(file("missing.pem")?.kind == .missingFile)
        #expect(file("missing.pem")?.path == Fixtures.root + "/chains/missing.pem")
        #expect(file("missing.pem")?.place == "allOf[0].allowCA")
        #expect(file("list.crl.pem")?.kind == .invalid)
        #expect(file("good.pem")?.kind == .invalid)
        #expect(file("")?.kind == .invalid)
        #expect(problem(.allowCA(.init(anchors: ["root.pem"], revocationLists: ["none"])))?.kind == .missingFile)
        #expect(problem(.allowCA(.init(anchors: ["root.pem"], revocationLists: ["root.pem"])))?.kind == .invalid)
    }

    @Test("Entries that can never match, and SHA-1 pins, are allowed and warned of")
    func warns() throws {
        let warned = try policy(
            .anyOf([
                .allowFingerprints(["zz", String(repeating: "a", count: 40), String(repeating: "a", count: 64)]),
                .allowSerial(["xyz", "0a"]), .allowSPIFFE(["https://a/*"]), .allowSAN(["DNS:"]), .allowCN(["a"]),
            ])
        ).warnings.map(\.string)
        #expect(warned.count == 5)
        #expect(warned[0] == "anyOf[0].allowFingerprints[0]: 'zz' is no fingerprint")
        #expect(warned[1].contains("SHA-1") && warned[2].hasPrefix("anyOf[1].allowSerial[0]"))
    }

    @Test(
        "Attributes and patterns that no certificate can have are allowed and warned of",
        arguments: [
            (.allowIssuer(["o": "Example"]), "called 'o': write O"), (.allowIssuer(["2.5.4.3": "a"]), ": write CN"),
            (.allowSubject(["commonName": "a"]), ": write CN"),
            (.allowSubject(["EMAILADDRESS": "a"]), "write emailAddress"),
            (.allowSubject(["XX": "a"]), "called 'XX'"), (.allowSAN(["DNS:*"]), "never matches"),
            (.allowSAN(["DNS:a.*"]), "never matches"), (.allowSAN(["DNS:*.*.a"]), "never matches"),
            (.allowSAN(["DNS:*a.b"]), "never matches"), (.allowSAN(["IP:10.0.0.0/8"]), "is no address"),
            (.allowSubject(["O": "a", "CN": "b", "emailAddress": "c", "UID": "d", "1.3.6.1.4.1.99999.1": "e"]), nil),
            (.allowSAN(["DNS:*.a.example", "*", "IP:10.0.0.1", "IP Address:::1", "URI:urn:*"]), nil),
        ] as [(AuthorizationRule, String?)]
    )
    func warnsOfNames(rule: AuthorizationRule, wanted: String?) throws {
        let warned = try policy(rule).warnings.map(\.string)
        #expect(warned.count == (wanted == nil ? 0 : 1), "\(warned)")
        if let wanted { #expect(warned.first?.contains(wanted) == true, "\(warned)") }
    }

    @Test("A revoked certificate is refused for that reason, also when another rule would let it in")
    func revoked() async throws {
        let rule = AuthorizationRule.anyOf([
            .allowCN(["svc-a"]), .allowCA(.init(anchors: ["root.pem"], revocationLists: ["list.crl.pem"])),
        ])
        let callback = try policy(rule).callback
        func outcome(_ name: String) async throws -> AuthenticationOutcome {
            let socket = SocketIdentity(authorized: true, chain: [try Fixtures.chain(name)])
            return await ClientCertificateAuthenticator(authorize: callback)
                .authenticate(ClientCertificateRequest(socket: socket))
        }
        let refused = try await outcome("revoked")
        #expect(!refused.authenticated && refused.reason == .certificateRevoked && refused.status == 401)
        #expect(refused.message == "Unauthorized: Certificate verification failed")
        #expect(try await outcome("good").authenticated)
    }
}
