import Synchronization

/// A revocation list that remembers which CAs have signed it: verifying a large one takes milliseconds.
final class SignedRevocationList: Sendable {
    let handle: RevocationListHandle

    /// By the SHA-256 of the CA's certificate; only CAs that are known or proven are asked about, so they are few.
    private let verdicts = Mutex<[Fingerprint: Bool]>([:])
    private static let most = 256

    init(_ list: RevocationList) throws(CertificateError) {
        handle = try RevocationListHandle(der: list.der)
    }

    /// Whether a CA has signed the list.
    func isSigned(by authority: AuthorityHandle) -> Bool {
        let key = authority.certificate.sha256
        if let known = verdicts.withLock({ $0[key] }) { return known }
        let verdict = authority.hasSigned(handle)
        verdicts.withLock { verdicts in
            if verdicts.count >= Self.most { verdicts.removeAll() }
            verdicts[key] = verdict
        }
        return verdict
    }
}
