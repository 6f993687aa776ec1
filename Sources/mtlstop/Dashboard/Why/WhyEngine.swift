import AuditStore
import CertCore
import SafeText

/// Joins what was reported with the certificate's facts and with what else happened, and ranks the causes.
///
/// A pure function: the same facts give the same causes, the surest first. Nothing is asked over a network.
enum WhyEngine {
    /// The causes of a rejection; at least one.
    static func causes(_ facts: WhyFacts) -> [WhyCause] {
        let found = special(facts)
        let causes = found.isEmpty ? [general(facts)] : found
        // Equal confidence keeps the order of the rules: the one that explains more comes first.
        return causes.enumerated().sorted { ($0.element.confidence, $0.offset) < ($1.element.confidence, $1.offset) }
            .map(\.element)
    }

    private static func special(_ facts: WhyFacts) -> [WhyCause] {
        switch facts.event.rejectionClass ?? .other {
        case .expired: expired(facts)
        case .notYetValid: notYetValid(facts)
        case .selfSigned: selfSigned(facts)
        case .unknownIssuer: unknownIssuer(facts)
        case .revoked: revoked(facts)
        case .badPurpose: badPurpose(facts)
        case .noCertificate: noCertificate(facts)
        case .header, .verifyHeader: header(facts)
        case .policy: policy(facts)
        case .crl, .badSignature, .chain, .name, .weak, .handshake, .other: []
        }
    }

    /// What the explanation table says, where no fact of the log says more.
    private static func general(_ facts: WhyFacts) -> WhyCause {
        let explanation = WhyDocument.explanation(facts.event)
        return WhyCause(
            confidence: .possible,
            statement: SafeText(explanation.cause),
            evidence: spread(facts),
            step: SafeText(explanation.action)
        )
    }

    // MARK: Facts that several rules tell

    /// How far the same rejection reaches at this service.
    static func spread(_ facts: WhyFacts) -> [SafeText] {
        let same = facts.surroundings.sameReason
        guard same.count > 1 else { return [] }
        let addresses = Figures.counted(same.addresses, "address", "addresses")
        let others = facts.surroundings.service.accepted
        let rest: SafeText =
            others > 0
            ? "\(facts.service) accepted \(Figures.grouped(others)) others" : "\(facts.service) accepted nobody"
        return [
            "\(Figures.grouped(same.count)) times at \(facts.service) since \(facts.firstTime), from \(addresses)",
            rest,
        ]
    }

    /// What the client's address did besides.
    static func client(_ facts: WhyFacts) -> SafeText {
        let outcomes = facts.surroundings.address
        return """
            \(facts.address): \(Figures.grouped(outcomes.accepted)) accepted, \
            \(Figures.grouped(outcomes.rejected)) rejected
            """
    }

    /// The first digits of a certificate's digest.
    static func digest(_ certificate: CertificateSummary) -> SafeText {
        guard let hex = certificate.sha256?.hex ?? certificate.sha1?.hex else { return "" }
        return " \(SafeText(String(hex.prefix(12))))"
    }

    /// What to do with a certificate that must go: take the renewal that exists, or ask for one.
    static func replacement(_ facts: WhyFacts) -> (evidence: [SafeText], step: SafeText) {
        guard let renewal = facts.renewal else {
            return (
                ["no newer certificate of this identity has been seen"],
                "renew it at \(facts.issuer), then install it at \(facts.address) and reload the client"
            )
        }
        let end: SafeText = renewal.certificate.notAfter.map { ", valid to \(facts.times.full($0))" } ?? ""
        let places: SafeText =
            renewal.addresses.isEmpty
            ? "" : ", presented from \(renewal.addresses.map { SafeText($0) }.joined(separator: ", "))"
        let use: SafeText = "accepted \(Figures.grouped(renewal.accepted)) times\(places)"
        return (
            ["a renewal exists:\(digest(renewal.certificate))\(end)", use],
            "install the renewal\(digest(renewal.certificate)) at \(facts.address) and reload the client"
        )
    }
}
