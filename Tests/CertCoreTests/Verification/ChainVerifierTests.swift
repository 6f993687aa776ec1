import CertCore
import Testing

@Suite("Chains verified at a moment")
struct ChainVerifierTests {
    let time = Timestamp(rfc3339: "2026-09-01T00:00:00Z") ?? Timestamp(milliseconds: 0)

    private func verifier(
        _ anchors: [String] = ["root"],
        lists: [String] = [],
        _ change: (inout ChainVerifier.Settings) -> Void = { _ in }
    ) throws -> ChainVerifier {
        var settings = ChainVerifier.Settings()
        change(&settings)
        return try ChainVerifier(
            anchors: anchors.map(Fixtures.chain),
            revocationLists: lists.flatMap { try RevocationList.lists(pem: Fixtures.text("chains/\($0).crl.pem")) },
            settings: settings
        )
    }

    @Test(
        "Each fault is found with its code and depth",
        arguments: [
            ("good", 0, 0), ("good-under-intermediate", 0, 0), ("whole-chain", 0, 0), ("intermediate-missing", 20, 0),
            ("expired", 10, 0), ("expired-intermediate", 10, 1), ("not-yet-valid", 9, 0), ("self-signed", 18, 0),
            ("self-signed-in-chain", 19, 1), ("unknown-issuer", 20, 0), ("same-name-other-key", 7, 0),
            ("server-only", 26, 0),
            ("no-digital-signature", 26, 0), ("issuer-no-ca", 79, 1), ("path-length", 25, 2),
            ("critical-extension", 34, 0),
            ("weak-key", 66, 0), ("name-permitted", 0, 0), ("name-not-permitted", 47, 0), ("name-excluded", 48, 0),
            ("issuer-may-not-sign", 79, 1), ("explicit-curve", 94, 0),
        ] as [(String, Int32, Int)]
    )
    func findsFaults(name: String, code: Int32, depth: Int) throws {
        let verdict = try verifier().verify(Fixtures.chain(name), at: time)
        #expect(verdict.code.rawValue == code, "\(verdict.code.name)")
        #expect(verdict.isTrusted == (code == 0))
        if code != 0 { #expect(verdict.depth == depth) }
        #expect(verdict.rejectionClass == (code == 0 ? nil : verdict.code.rejectionClass))
        #expect(verdict.rejectionClass != .other)
    }

    @Test("A depth, a strict level and a missing root have codes of their own")
    func settings() throws {
        let leaf = try Fixtures.chain("good-under-intermediate")
        let shallow = try verifier { $0.maximumDepth = 0 }.verify(leaf, at: time)
        #expect(shallow.code.rawValue == 22 && shallow.code.rejectionClass == .chain, "\(shallow.code.name)")
        #expect(try verifier { $0.maximumDepth = 1 }.verify(leaf, at: time).isTrusted)
        let rootless = try verifier(["issuing-ca"]).verify(leaf, at: time)
        #expect(rootless.code == .unableToGetIssuer && rootless.depth == 1, "\(rootless.code.name)")
        let strict = try verifier { $0.securityLevel = 4 }.verify(leaf, at: time)
        #expect(strict.code.rejectionClass == .weak, "\(strict.code.name)")
    }

    @Test(
        "Of two CAs with one name the one that signed is the issuer",
        arguments: [["root", "twin-root"], ["twin-root", "root"]]
    )
    func namesakes(anchors: [String]) throws {
        // The leaf of the twin has no key identifier: nothing but the signature tells whose it is.
        for name in ["same-name-other-key", "revoked-serial-of-twin", "good", "good-under-intermediate"] {
            let verdict = try verifier(anchors).verify(Fixtures.chain(name), at: time)
            #expect(verdict.isTrusted, "\(name): \(verdict.code.name)")
        }
        let late = Timestamp(rfc3339: "2028-01-01T00:00:00Z") ?? time
        #expect(try verifier(anchors).verify(Fixtures.chain("same-name-other-key"), at: late).code == .hasExpired)
    }

    @Test(
        "Of lists of two CAs with one name the one counts that the certificate's issuer has signed",
        arguments: [["root", "twin-root"], ["twin-root", "root"]],
        [["list", "twin-list"], ["twin-list", "list"], ["expired-list", "twin-list", "list"]]
    )
    func namesakesLists(anchors: [String], lists: [String]) throws {
        let verifier = try verifier(anchors, lists: lists)
        // One leaf names its issuer's key, the other does not; neither list names the key that signed it.
        for name in ["good", "same-name-other-key"] {
            let verdict = try verifier.verify(Fixtures.chain(name), at: time)
            #expect(verdict.isTrusted, "\(name): \(verdict.code.name)")
        }
        for name in ["revoked", "revoked-serial-of-twin"] {
            #expect(try verifier.verify(Fixtures.chain(name), at: time).code == .revoked, "\(name)")
        }
    }

    @Test(
        "What one CA took back is not lost to the other CA of its name",
        arguments: [["root", "twin-root"], ["twin-root", "root"]]
    )
    func serialOfNamesake(anchors: [String]) throws {
        let leaf = try Fixtures.chain("same-name-other-key")
        for lists in [["list-with-serial-of-twin", "twin-list"], ["twin-list", "list-with-serial-of-twin"]] {
            let verdict = try verifier(anchors, lists: lists).verify(leaf, at: time)
            #expect(verdict.isTrusted, "\(verdict.code.name)")
        }
        // The root's list alone vouches for nobody of the twin.
        let alone = try verifier(anchors, lists: ["list-with-serial-of-twin"]).verify(leaf, at: time)
        #expect(alone.code.rawValue == 8, "\(alone.code.name)")
        let own = try verifier(anchors, lists: ["twin-list"]).verify(leaf, at: time)
        #expect(own.isTrusted, "\(own.code.name)")
    }

    @Test("Large keys that somebody made to be tried are not tried")
    func costlyKeys() throws {
        func least(_ name: String) throws -> Duration {
            let leaf = try Fixtures.chain(name)
            let verifier = try verifier()
            return try (0..<7).map { _ in
                try ContinuousClock().measure {
                    let verdict = try verifier.verify(leaf, at: time)
                    #expect(verdict.rejectionClass != nil && verdict.rejectionClass != .badSignature)
                    #expect(IssuerMemory.issuers(of: leaf, among: leaf.issuers).isEmpty)
                }
            }.min() ?? .zero
        }
        // Trying one signature with 8192 bits and this exponent takes a millisecond, ten times as much as with 2048.
        #expect(try least("costly-namesakes") < least("cheap-namesakes") * 4)
    }

    @Test("A list of the other CA of the name says nothing about a certificate")
    func namesakeListAlone() throws {
        for list in ["twin-list", "forged-list"] {
            let verdict = try verifier(["root", "twin-root"], lists: [list]).verify(Fixtures.chain("good"), at: time)
            #expect(verdict.code.rawValue == 8 && verdict.code.rejectionClass == .crl, "\(verdict.code.name)")
        }
        let both = try verifier(lists: ["twin-list", "forged-list"]).verify(Fixtures.chain("good"), at: time)
        #expect(both.code.rawValue == 8)
    }

    @Test("The moment decides, not the clock")
    func momentDecides() throws {
        let expired = try Fixtures.chain("expired")
        #expect(try verifier().verify(expired, at: expired.notAfter.advanced(byMilliseconds: -1000)).isTrusted)
        #expect(try verifier().verify(expired, at: expired.notAfter.advanced(byMilliseconds: 1000)).code == .hasExpired)
    }

    @Test("A listed certificate is revoked, and an expired list fails everybody")
    func revocation() throws {
        let revoked = try Fixtures.chain("revoked")
        #expect(try verifier().verify(revoked, at: time).isTrusted)
        #expect(try verifier(lists: ["list"]).verify(revoked, at: time).code == .revoked)
        #expect(try verifier(lists: ["list"]).verify(Fixtures.chain("good"), at: time).isTrusted)
        let stale = try verifier(lists: ["expired-list"]).verify(Fixtures.chain("good"), at: time)
        #expect(stale.code.rawValue == 12 && stale.code.rejectionClass == .crl)
        let other = try verifier(lists: ["list"]).verify(Fixtures.chain("good-under-intermediate"), at: time)
        #expect(other.code.rawValue == 3)
    }

    @Test("An intermediate is an anchor only where that is allowed")
    func partialChains() throws {
        let leaf = try Fixtures.chain("intermediate-missing")
        #expect(try !verifier(["issuing-ca"]).verify(leaf, at: time).isTrusted)
        #expect(try verifier(["issuing-ca"]) { $0.allowsPartialChain = true }.verify(leaf, at: time).isTrusted)
    }

    @Test("The built chain goes from the leaf to the anchor")
    func buildsChain() throws {
        let verdict = try verifier().verify(Fixtures.chain("good-under-intermediate"), at: time)
        #expect(verdict.chain.map { $0.subject.commonName ?? "" } == ["svc-a", "Issuing CA", "Root"])
    }

    @Test("Many threads may verify at once")
    func concurrent() async throws {
        let verifier = try verifier()
        let leaf = try Fixtures.chain("good-under-intermediate")
        let trusted = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<8 {
                group.addTask { try (0..<20).filter { _ in try verifier.verify(leaf, at: time).isTrusted }.count }
            }
            return try await group.reduce(0, +)
        }
        #expect(trusted == 160)
    }

    @Test("Bytes that are no list are refused")
    func refusesLists() {
        #expect(throws: CertificateError.self) { try RevocationList(der: [1, 2, 3]) }
        #expect(throws: CertificateError.self) { try RevocationList.lists(pem: Fixtures.text("chains/root.pem")) }
    }
}
