import AuditStore
import CertCore
import Logging
import SafeText

// What rejections are verified again against.
extension IngestLoop {
    /// How long after a look at the files the next one comes, in milliseconds.
    private static var trustInterval: Int64 { 2000 }

    /// Takes over what is trusted at the start.
    func adoptTrust() {
        guard let trust = configuration.trust else { return }
        adopt(trust.current)
    }

    private func adopt(_ basis: TrustBasis) {
        writer.trust(basis)
        for warning in basis.revocations?.warnings(at: .now()) ?? [] {
            logger.warning("revocation list", metadata: ["warning": "\(warning)"])
        }
    }

    /// Takes over trusted certificates and revocation lists whose files have changed.
    func refreshTrust() {
        guard let trust = configuration.trust else { return }
        switch trust.refresh(afterMilliseconds: Self.trustInterval) {
        case .unchanged: break
        case .replaced:
            logger.notice("trusted certificates and revocation lists are read again")
            adopt(trust.current)
        case .kept(let error):
            logger.warning(
                "trusted certificates and revocation lists stay as they were",
                metadata: ["error": "\(SafeText(String(describing: error)))"]
            )
        }
    }
}
