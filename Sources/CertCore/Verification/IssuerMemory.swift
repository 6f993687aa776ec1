import Synchronization

/// Finds those that stand above a certificate by signature, among what came along and among CAs that were trusted before.
///
/// What a client sends beside its certificate proves nothing: anybody can send somebody else's certificate, with whatever
/// beside it. Only who has signed it, or has signed a signer, belongs to it. May be used by any number of threads at once.
package final class IssuerMemory: Sendable {
    private let trusted = Mutex<[AuthorityHandle]>([])
    /// How many CAs are remembered; only chains that were trusted bring any, so they are few.
    private static let most = 64
    /// A chain of ten in any order takes ten.
    private static let mostSignatures = 24

    /// Remembers nothing yet.
    package init() {}

    /// Those of some certificates that stand above one: its issuer, the issuer's issuer, and so on, nearest first.
    ///
    /// Keys above 4096 bits are not tried, and at most 24 signatures: the sender chooses names and keys.
    ///
    /// - Parameters:
    ///   - certificate: The certificate.
    ///   - candidates: What came along; only the first ten count.
    package static func issuers(
        of certificate: ClientCertificate,
        among candidates: some Sequence<ClientCertificate>
    ) -> [ClientCertificate] {
        var seen: Set<ClientCertificate> = [certificate]
        let distinct = candidates.prefix(ClientCertificate.maximumChain).filter { seen.insert($0).inserted }
        return above(certificate, distinct.compactMap { try? AuthorityHandle($0) }.filter { !$0.isCostly })
    }

    /// Those of the remembered CAs that stand above a certificate.
    package func issuers(of certificate: ClientCertificate) -> [ClientCertificate] {
        let known = trusted.withLock { $0 }
        return known.isEmpty ? [] : Self.above(certificate, known)
    }

    /// Remembers the CAs of a chain that was verified, leaf first; its end, the anchor, is known anyway.
    package func learn(_ chain: [ClientCertificate]) {
        let between = chain.dropFirst().dropLast()
        guard !between.isEmpty else { return }
        trusted.withLock { trusted in
            for certificate in between where !trusted.contains(where: { $0.certificate == certificate }) {
                guard let handle = try? AuthorityHandle(certificate) else { continue }
                if trusted.count >= Self.most { trusted.removeFirst() }
                trusted.append(handle)
            }
        }
    }

    private static func above(
        _ certificate: ClientCertificate,
        _ candidates: [AuthorityHandle]
    ) -> [ClientCertificate] {
        guard !candidates.isEmpty, var current = try? AuthorityHandle(certificate) else { return [] }
        var rest = candidates
        var left = mostSignatures
        var found: [AuthorityHandle] = []
        var next = 0
        while true {
            let signers = rest.filter { candidate in
                guard left > 0, candidate.isNamedIssuer(of: current) else { return false }
                left -= 1
                return candidate.hasIssued(current)
            }
            rest.removeAll { one in signers.contains { $0 === one } }
            found += signers
            guard next < found.count else { break }
            current = found[next]
            next += 1
        }
        return found.prefix(ClientCertificate.maximumChain).map(\.certificate)
    }
}
