import CertCore
import SafeText

/// Which certificate of a chain as it came fails verification.
///
/// The last of the chain counts as trusted, so only what is wrong inside the chain is found, not whether anybody
/// trusts it.
struct ChainFault: Hashable {
    let code: VerificationCode
    /// 0 for the client's certificate, 1 for its issuer, and so on.
    let depth: Int
    /// The certificate that fails.
    let certificate: ClientCertificate

    /// The first fault of a chain at a moment; nil for a sound one, and for a certificate that came alone.
    init?(_ leaf: ClientCertificate, _ issuers: [ClientCertificate], at time: Timestamp) {
        guard let top = issuers.last else { return nil }
        var settings = ChainVerifier.Settings()
        settings.allowsPartialChain = true
        guard let verifier = try? ChainVerifier(anchors: [top], settings: settings),
            let verdict = try? verifier.verify(leaf, intermediates: issuers, at: time), !verdict.isTrusted
        else { return nil }
        code = verdict.code
        depth = verdict.depth
        guard let certificate = verdict.chain.dropFirst(verdict.depth).first else { return nil }
        self.certificate = certificate
    }

    /// "certificate has expired (10 CERT_HAS_EXPIRED) at depth 1, the issuer of the client's certificate: CN=…".
    var words: SafeText {
        let name = SafeText(certificate.subject.rfc2253)
        return
            "\(SafeText(code.text)) (\(Int(code.rawValue)) \(SafeText(code.name))) at depth \(depth), \(Self.place(depth)): \(name)"
    }

    /// Who stands at a depth.
    static func place(_ depth: Int) -> SafeText {
        switch depth {
        case 0: "the client's own certificate"
        case 1: "the issuer of the client's certificate"
        default: "\(depth) steps above the client's certificate"
        }
    }
}
