import AuditStore
import CertCore
import Logging
import SafeText

// What rejections are verified again against.
extension IngestLoop {
    /// How long after a look at the files the next one comes, in milliseconds.
    private static var trustInterval: Int64 { 2000 }

    /// Takes over trusted certificates and revocation lists whose files have changed.
    func refreshTrust() {
        guard let trust = configuration.trust else { return }
        switch trust.refresh(afterMilliseconds: Self.trustInterval) {
        case .unchanged: break
        case .replaced:
            writer.trust(trust.current)
            logger.notice("trusted certificates and revocation lists are read again")
        case .kept(let error):
            logger.warning(
                "trusted certificates and revocation lists stay as they were",
                metadata: ["error": "\(SafeText(String(describing: error)))"]
            )
        }
    }
}
