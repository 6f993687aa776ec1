import AuditStore
import CertCore
import SafeText
import Testing

@testable import mtlstop

@Suite("The why page ranks causes from facts")
struct WhyEngineTests {
    private static func facts(
        _ event: EventRow,
        dossier: CertificateDossier? = nil,
        _ change: (inout EventSurroundings) -> Void = { _ in }
    ) -> WhyFacts {
        var around = EventSurroundings()
        around.looked = 5000
        change(&around)
        return WhyFacts(
            event: event,
            dossier: dossier,
            surroundings: around,
            times: TimeWriter(style: .utc, now: FixtureCast.now, localOffset: { _ in 0 })
        )
    }

    private static func event(
        _ certificate: CertificateSummary?,
        _ rejectionClass: RejectionClass,
        reason: String = "socket_not_authorized"
    ) -> EventRow {
        FixtureCast.event(7, 0, certificate, service: "billing", ip: "10.1.1.1", "/x", reason: reason, rejectionClass)
    }

    private static func first(_ facts: WhyFacts) throws -> WhyCause {
        try #require(WhyEngine.causes(facts).first)
    }

    @Test("Every class has a cause with a sentence")
    func everyClassHasACause() {
        for rejectionClass in RejectionClass.allCases {
            for certificate in [nil, FixtureCast.batch] {
                let causes = WhyEngine.causes(Self.facts(Self.event(certificate, rejectionClass)))
                #expect(!causes.isEmpty, "\(rejectionClass)")
                #expect(causes.allSatisfy { !$0.statement.isEmpty })
                #expect(causes.map(\.confidence) == causes.map(\.confidence).sorted())
            }
        }
    }

    @Test("An expired certificate is certain, and the renewal that exists is the next step")
    func expiredWithRenewal() throws {
        let facts = Self.facts(Self.event(FixtureCast.batch, .expired)) { $0.siblings = [FixtureSurroundings.renewal] }
        let cause = try Self.first(facts)
        let digest = try #require(FixtureSurroundings.renewal.certificate.sha256).hex.prefix(12)
        #expect(cause.confidence == .certain)
        #expect(cause.step.string.contains("install the renewal \(digest) at 10.1.1.1"))
        #expect(cause.evidence.contains { $0.string.contains("presented from 10.4.9.5") })
    }

    @Test("An expired certificate without a renewal names its issuer")
    func expiredWithoutRenewal() throws {
        let cause = try Self.first(Self.facts(Self.event(FixtureCast.batch, .expired)))
        #expect(cause.step.string.contains("renew it at Corp Intermediate 1"))
    }

    @Test("A valid certificate rejected as expired points at an issuer")
    func expiredIssuer() throws {
        let cause = try Self.first(Self.facts(Self.event(FixtureCast.orders, .expired)))
        #expect(cause.statement.string.contains("one of its issuers has expired"))
        #expect(cause.confidence == .likely)
    }

    @Test("Minutes before its start the clocks are to blame, days before it the certificate")
    func notYetValid() throws {
        let soon = CertificateSummary(id: 1, notBefore: FixtureCast.now.advanced(byMilliseconds: 60_000))
        let later = CertificateSummary(id: 1, notBefore: FixtureCast.now.advanced(byMilliseconds: 86_400_000))
        #expect(try Self.first(Self.facts(Self.event(soon, .notYetValid))).statement.string.contains("clocks differ"))
        #expect(try Self.first(Self.facts(Self.event(later, .notYetValid))).confidence == .certain)
    }

    @Test("An issuer accepted here means a chain with a gap, one accepted elsewhere a missing CA")
    func unknownIssuer() throws {
        let event = Self.event(FixtureCast.orders, .unknownIssuer)
        let gap = try Self.first(Self.facts(event) { $0.issuerHere.accepted = 12 })
        #expect(gap.statement.string.contains("does not send the intermediate"))
        let missing = try Self.first(Self.facts(event) { $0.issuerAcceptedAt = ["edge-9"] })
        #expect(missing.step.string.contains("add the CA Corp Intermediate 2 to the CA file of billing"))
        #expect(try Self.first(Self.facts(event)).confidence == .possible)
    }

    @Test("One address that never shows a certificate lacks one; all addresses at once mean a change at the server")
    func noCertificate() throws {
        let event = Self.event(nil, .noCertificate)
        let one = try Self.first(
            Self.facts(event) {
                $0.address.rejected = 9
                $0.service.accepted = 100
                $0.sameReason.since.accepted = 50
            }
        )
        #expect(one.confidence == .likely)
        #expect(one.statement.string.contains("10.1.1.1 has no client certificate"))
        let all = try Self.first(Self.facts(event) { $0.sameReason.count = 30 })
        #expect(all.statement.string.contains("no client sends a certificate any more"))
    }

    @Test("A header missing from one address is a way round the proxy, missing from all a change of the proxy")
    func header() throws {
        let event = Self.event(nil, .header, reason: "header_missing_or_malformed")
        let bypass = try Self.first(
            Self.facts(event) {
                $0.service.accepted = 100
                $0.sameReason.count = 5
                $0.sameReason.addresses = 1
                $0.sameReason.since.accepted = 50
            }
        )
        #expect(bypass.statement.string.contains("without the proxy"))
        let broken = try Self.first(Self.facts(event) { $0.sameReason.count = 5 })
        #expect(broken.statement.string.contains("stopped passing the certificate on"))
    }

    @Test("A verify header that no longer agrees is a change of the proxy, or a way round it")
    func verifyHeader() throws {
        let event = Self.event(FixtureCast.orders, .verifyHeader, reason: "verification_header_mismatch")
        let broken = try Self.first(Self.facts(event) { $0.sameReason.count = 5 })
        #expect(broken.statement.string.contains("stopped verifying as it should"))
        let bypass = try Self.first(
            Self.facts(event) {
                $0.service.accepted = 100
                $0.sameReason.count = 5
                $0.sameReason.addresses = 1
                $0.sameReason.since.accepted = 50
            }
        )
        #expect(bypass.statement.string != broken.statement.string)
    }

    @Test("A server's certificate at a client is certain, and clientAuth is the next step")
    func wrongPurpose() throws {
        let answer = FixtureAnswers.answerWithBytes(.certificate(FixtureCast.orders.name.lookup))
        guard case .certificate(let dossier?) = answer else {
            Issue.record("no certificate")
            return
        }
        let facts = Self.facts(Self.event(FixtureCast.orders, .badPurpose), dossier: dossier)
        let cause = try Self.first(facts)
        #expect(
            cause.confidence == .certain && cause.statement.string == "a server's certificate is used as a client's"
        )
        #expect(cause.step.string.contains("with clientAuth in the extended key usage"))
    }

    @Test("A certificate that signed itself has no CA; a chain that ends in one has an untrusted root")
    func selfSigned() throws {
        let own = CertificateSummary(id: 1, subject: "CN=dev-laptop", issuer: "CN=dev-laptop")
        let cause = try Self.first(Self.facts(Self.event(own, .selfSigned)))
        #expect(cause.confidence == .certain && cause.statement.string.contains("no CA stands behind it"))
        let chain = try Self.first(Self.facts(Self.event(FixtureCast.orders, .selfSigned)))
        #expect(chain.confidence == .likely && chain.step.string.contains("add the root of the chain"))
    }

    @Test("A denial after an accepted sibling is a renewal that nobody registered; its digest is ready to copy")
    func renewedButNotRegistered() throws {
        let event = Self.event(FixtureCast.orders, .policy, reason: "callback_returned_false")
        let cause = try Self.first(Self.facts(event) { $0.siblings = [FixtureSurroundings.renewal] })
        let digest = try #require(FixtureCast.orders.sha256).hex
        #expect(cause.statement.string.contains("renewed"))
        #expect(cause.step.string.contains(digest))
    }

    @Test("A denial of what is accepted elsewhere names the other service")
    func deniedHereOnly() throws {
        let event = Self.event(FixtureCast.orders, .policy, reason: "callback_returned_false")
        let cause = try Self.first(
            Self.facts(event) {
                $0.lastAccepted = FixtureCast.now
                $0.acceptedAt = ["edge-9"]
            }
        )
        #expect(cause.evidence.contains { $0.string == "accepted at edge-9" })
    }

    @Test("A thrown message is told as the application's own words, made safe")
    func thrownMessage() throws {
        let cause = try Self.first(Self.facts(Self.event(FixtureCast.orders, .policy, reason: "locked\u{7}")))
        #expect(cause.confidence == .certain)
        #expect(cause.statement.string == #"the application says: locked\x07"#)
    }
}
