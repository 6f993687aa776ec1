import AuditStore
import CertCore
import SafeText

/// Causes that lie in how the request came, or in what the application decided.
extension WhyEngine {
    static func noCertificate(_ facts: WhyFacts) -> [WhyCause] {
        let address = facts.surroundings.address
        if facts.allFailSinceFirst { return [everybody(facts, "no client sends a certificate any more")] }
        if address.accepted > 0 {
            return [
                WhyCause(
                    confidence: .possible,
                    statement: "\(facts.address) sends a certificate at other times: another program runs there too",
                    evidence: [client(facts)],
                    step:
                        "look which requests come without one: a health check, a scan, or a client without its key file"
                )
            ]
        }
        return [
            WhyCause(
                confidence: address.rejected >= 3 && facts.surroundings.service.accepted > 0 ? .likely : .possible,
                statement: "\(facts.address) has no client certificate configured",
                evidence: [client(facts)] + spread(facts),
                step: "give the client its certificate and key; if nobody knows \(facts.address), it is a scan"
            )
        ]
    }

    static func header(_ facts: WhyFacts) -> [WhyCause] {
        let around = facts.surroundings
        if facts.allFailSinceFirst {
            let statement: SafeText =
                facts.event.rejectionClass == .header
                ? "the proxy before \(facts.service) stopped passing the certificate on"
                : "the proxy before \(facts.service) stopped verifying as it should"
            return [everybody(facts, statement)]
        }
        let isAlone = around.sameReason.addresses <= 1 && around.address.accepted == 0
        if isAlone, around.service.accepted > 0 {
            return [
                WhyCause(
                    confidence: .likely,
                    statement: "\(facts.address) reaches \(facts.service) without the proxy, or is refused by it",
                    evidence: [client(facts)] + spread(facts),
                    step: "let only the proxy reach the port (trustedProxies); then see what \(facts.address) is"
                )
            ]
        }
        return []
    }

    /// One change on the server's side explains them all.
    private static func everybody(_ facts: WhyFacts, _ statement: SafeText) -> WhyCause {
        WhyCause(
            confidence: .likely,
            statement: "\(statement) since \(facts.firstTime)",
            evidence: spread(facts),
            step: "look what was changed at \(facts.service) or the proxy before it at that time, and take it back"
        )
    }

    static func policy(_ facts: WhyFacts) -> [WhyCause] {
        if let thrown = thrownText(facts) {
            return [
                WhyCause(
                    confidence: .certain,
                    statement: "the application says: \(thrown)",
                    evidence: spread(facts),
                    step: "look for this message in the code or the log of \(facts.service)"
                )
            ]
        }
        var causes: [WhyCause] = []
        if facts.surroundings.lastAccepted == nil, let sibling = facts.acceptedSiblings.first {
            causes.append(unregistered(facts, sibling))
        }
        if let last = facts.surroundings.lastAccepted { causes.append(changed(facts, last)) }
        if causes.isEmpty {
            causes.append(
                WhyCause(
                    confidence: .possible,
                    statement: "the identity is not on the allow-list of \(facts.service)",
                    evidence: [client(facts)] + spread(facts),
                    step: "if it is to be allowed, add its name, or its SHA-256\(wholeDigest(facts))"
                )
            )
        }
        return causes
    }

    /// The text that the application threw; nil for a plain "no".
    private static func thrownText(_ facts: WhyFacts) -> SafeText? {
        guard let reason = facts.event.reason, reason != "callback_returned_false" else { return nil }
        return SafeText(reason)
    }

    private static func unregistered(_ facts: WhyFacts, _ sibling: EventSurroundings.Sibling) -> WhyCause {
        WhyCause(
            confidence: .likely,
            statement: "the certificate was renewed, and the new one is not on the allow-list of \(facts.service)",
            evidence: [
                """
                another certificate of this identity\(digest(sibling.certificate)) was accepted \
                \(Figures.grouped(sibling.accepted)) times
                """,
                "this one has not been accepted lately",
            ],
            step: "register the new SHA-256\(wholeDigest(facts)), or allow by name so that renewals pass"
        )
    }

    private static func changed(_ facts: WhyFacts, _ last: Timestamp) -> WhyCause {
        let services = facts.surroundings.acceptedAt.map { SafeText($0) }
        let isHere = facts.event.service.map { facts.surroundings.acceptedAt.contains($0) } ?? false
        return WhyCause(
            confidence: .likely,
            statement: isHere
                ? "the policy of \(facts.service) depends on the request, or changed after \(facts.times.full(last))"
                : "the certificate is allowed at other services, but not at \(facts.service)",
            evidence: services.map { "accepted at \($0)" } + ["last accepted \(facts.times.full(last))"],
            step: isHere
                ? "compare this request with one that was accepted: path, method, time of the change"
                : "if it is to be allowed here too, add it to the allow-list of \(facts.service)"
        )
    }

    private static func wholeDigest(_ facts: WhyFacts) -> SafeText {
        facts.certificate?.sha256.map { " \(SafeText($0.hex))" } ?? ""
    }
}
