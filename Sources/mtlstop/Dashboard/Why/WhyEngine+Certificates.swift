import AuditStore
import CertCore
import SafeText

/// Causes that lie in the certificate or its chain.
extension WhyEngine {
    /// Clocks that differ by less than this are a matter of time synchronisation.
    private static let usualSkew: Int64 = 5 * 60_000

    static func expired(_ facts: WhyFacts) -> [WhyCause] {
        guard let end = facts.certificate?.notAfter else { return [] }
        let time = facts.event.time
        guard end <= time else { return expiredIssuer(facts) }
        let replacement = replacement(facts)
        return [
            WhyCause(
                confidence: .certain,
                statement: "the certificate ended \(TimeWriter.span(time - end)) before it was presented",
                evidence: replacement.evidence + stillTried(facts),
                step: replacement.step
            )
        ]
    }

    private static func stillTried(_ facts: WhyFacts) -> [SafeText] {
        guard let usage = facts.dossier?.record.usage, usage.rejected > 1 else { return [] }
        return ["tried \(Figures.grouped(usage.rejected)) times all the same: the client does not notice"]
    }

    private static func expiredIssuer(_ facts: WhyFacts) -> [WhyCause] {
        let ended = (facts.dossier?.issuers ?? []).filter { $0.notAfter <= facts.event.time }
        let names = ended.prefix(3).map { issuer -> SafeText in
            "\(SafeText(issuer.subject.rfc2253)) ended \(facts.times.full(issuer.notAfter))"
        }
        return [
            WhyCause(
                confidence: ended.isEmpty ? .likely : .certain,
                statement: "the certificate itself is valid: one of its issuers has expired",
                evidence: names,
                step: "install the issuer's renewed certificate where the chain is sent and where it is trusted"
            )
        ]
    }

    static func notYetValid(_ facts: WhyFacts) -> [WhyCause] {
        guard let start = facts.certificate?.notBefore, start > facts.event.time else { return [] }
        let ahead = start - facts.event.time
        if ahead < usualSkew {
            return [
                WhyCause(
                    confidence: .likely,
                    statement: "clocks differ: it becomes valid \(TimeWriter.span(ahead)) after it was presented",
                    evidence: ["valid from \(facts.times.full(start))"],
                    step: "synchronise the clocks of the issuer and of \(facts.service); the next request may pass"
                )
            ]
        }
        return [
            WhyCause(
                confidence: .certain,
                statement: "the certificate becomes valid only in \(TimeWriter.span(ahead))",
                evidence: ["valid from \(facts.times.full(start))"],
                step: "use the certificate before it until then, or have this one issued anew; check the issuer's clock"
            )
        ]
    }

    static func selfSigned(_ facts: WhyFacts) -> [WhyCause] {
        guard let certificate = facts.certificate else { return [] }
        let isOwn = certificate.subject != nil && certificate.subject == certificate.issuer
        return [
            WhyCause(
                confidence: isOwn ? .certain : .likely,
                statement: isOwn
                    ? "the certificate signed itself: no CA stands behind it"
                    : "the chain ends in a self-signed certificate that is not trusted here",
                evidence: spread(facts),
                step: isOwn
                    ? "have it issued by a CA that \(facts.service) trusts, or add this very certificate to its CA file"
                    : "add the root of the chain to the CA file of \(facts.service) if it is meant to be trusted"
            )
        ]
    }

    static func unknownIssuer(_ facts: WhyFacts) -> [WhyCause] {
        let around = facts.surroundings
        var causes: [WhyCause] = []
        if around.issuerHere.accepted > 0 { causes.append(chainGap(facts)) }
        if around.issuerHere.accepted == 0, !around.issuerAcceptedAt.isEmpty {
            let places = around.issuerAcceptedAt.map { SafeText($0) }
            causes.append(
                WhyCause(
                    confidence: .likely,
                    statement: "\(facts.service) does not trust \(facts.issuer), other services do",
                    evidence: places.map { "accepted at \($0)" },
                    step: "add the CA \(facts.issuer) to the CA file of \(facts.service)"
                )
            )
        }
        if causes.isEmpty {
            causes.append(
                WhyCause(
                    confidence: .possible,
                    statement: "no certificate of \(facts.issuer) was accepted lately: a stranger's, or a new CA",
                    evidence: [client(facts)] + spread(facts),
                    step:
                        "if \(facts.issuer) is to be trusted, add it to the CA file of \(facts.service); else leave it"
                )
            )
        }
        return causes
    }

    private static func chainGap(_ facts: WhyFacts) -> WhyCause {
        let sent: SafeText =
            facts.dossier?.issuers.isEmpty == false
            ? "the client sent issuers, but not the one that is missing" : "the client sent no issuer certificate"
        return WhyCause(
            confidence: .likely,
            statement: "the client does not send the intermediate certificate that links it to the trusted CA",
            evidence: [
                "\(facts.service) accepted \(Figures.grouped(facts.surroundings.issuerHere.accepted)) of \(facts.issuer)",
                sent,
            ],
            step: "let the client send its whole chain: the certificate followed by \(facts.issuer)"
        )
    }

    static func revoked(_ facts: WhyFacts) -> [WhyCause] {
        let replacement = replacement(facts)
        return [
            WhyCause(
                confidence: .certain,
                statement: "its issuer has taken the certificate back",
                evidence: replacement.evidence + [client(facts)],
                step: replacement.step
            )
        ]
    }

    static func badPurpose(_ facts: WhyFacts) -> [WhyCause] {
        guard let usages = facts.dossier?.certificate?.extendedKeyUsage, !usages.isEmpty else { return [] }
        let isForClients = usages.contains("1.3.6.1.5.5.7.3.2")
        let isForServers = usages.contains("1.3.6.1.5.5.7.3.1")
        guard !isForClients else { return [] }
        return [
            WhyCause(
                confidence: .certain,
                statement: isForServers
                    ? "a server's certificate is used as a client's"
                    : "the certificate is not meant for clients: clientAuth is missing from its extended key usage",
                evidence: ["extended key usage \(SafeText(usages.joined(separator: ", ")))"],
                step: "have it issued anew by \(facts.issuer) with clientAuth in the extended key usage"
            )
        ]
    }
}
