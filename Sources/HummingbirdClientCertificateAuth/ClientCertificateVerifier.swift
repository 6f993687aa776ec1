public import CertCore
public import NIOCore
public import NIOSSL
import Synchronization

/// Lets every handshake through and judges the client's certificate afterwards, so that a refusal is an answer.
///
/// With NIOSSL's own verification a client with an expired certificate sees a broken connection and nobody learns why.
/// With this the client still has to prove that it holds the certificate's key, and the request is answered with 401
/// and reported with the reason. It is what `requestCert: true, rejectUnauthorized: false` is in Node.
///
/// ```swift
/// let verifier = try ClientCertificateVerifier(anchors: ClientCertificate.chain(pem: anchors))
/// let server: HTTPServerBuilder = try .mutualTLS(tls, verifier: verifier)
/// ```
///
/// Use it only together with ``ClientCertificateAuthMiddleware`` that is given the same verifier: on its own it lets
/// everybody in.
public final class ClientCertificateVerifier: Sendable {
    /// What is remembered of a client's certificate.
    private struct Entry {
        /// Who stands above it by signature, of all that was ever sent with it.
        let issuers: [ClientCertificate]
        var identity: SocketIdentity?
        var judged: Timestamp
    }

    /// How many certificates are remembered, with what came along with them: about 10 MiB at the most common sizes.
    private static let capacity = 4096
    /// How long a verdict holds, in milliseconds; a certificate that expires is refused within this time.
    private let lifetime: Int64
    private let verifier: @Sendable () -> ChainVerifier
    private let entries: Mutex<[[UInt8]: Entry]>
    private let authorities = IssuerMemory()

    /// Trusts what leads to one of the anchors; with revocation lists, revocation is checked too.
    public init(
        anchors: [ClientCertificate],
        revocationLists: [RevocationList] = [],
        settings: ChainVerifier.Settings = ChainVerifier.Settings()
    ) throws(CertificateError) {
        let verifier = try ChainVerifier(anchors: anchors, revocationLists: revocationLists, settings: settings)
        self.verifier = { verifier }
        lifetime = 10_000
        entries = Mutex([:])
    }

    /// Trusts what the verifier trusts that `current` gives, for CA and CRL files that are read again while the server runs.
    ///
    /// - Parameters:
    ///   - current: Asked for every verdict; what it gives is the trust of that moment.
    ///   - verdictLifetimeMilliseconds: How long a verdict on a certificate holds before it is judged anew.
    public init(current: @escaping @Sendable () -> ChainVerifier, verdictLifetimeMilliseconds: Int64 = 10_000) {
        lifetime = verdictLifetimeMilliseconds
        verifier = current
        entries = Mutex([:])
    }

    /// What to give to `TLSChannelConfiguration(tlsConfiguration:customVerificationCallback:)`.
    public var verificationCallback: @Sendable ([NIOSSLCertificate], EventLoopPromise<NIOSSLVerificationResult>) -> Void
    {
        { certificates, promise in
            self.remember(certificates)
            promise.succeed(.certificateVerified)
        }
    }

    /// Remembers what was sent with a certificate.
    ///
    /// At this moment the client has not yet proven that it holds the certificate's key: what it sends may add to what is
    /// known of the certificate, and must not take anything away.
    private func remember(_ certificates: [NIOSSLCertificate]) {
        guard let leaf = try? certificates.first?.toDERBytes() else { return }
        let sent = certificates.dropFirst().prefix(ClientCertificate.maximumChain).compactMap { certificate in
            (try? certificate.toDERBytes()).flatMap { try? ClientCertificate(der: $0) }
        }
        let entry = entries.withLock { $0[leaf] }
        let known = entry?.issuers ?? []
        let fresh = sent.filter { !known.contains($0) }
        if entry != nil, fresh.isEmpty { return }
        guard let certificate = try? ClientCertificate(der: leaf) else { return }
        let issuers = fresh.isEmpty ? [] : IssuerMemory.issuers(of: certificate, among: known + fresh)
        if entry != nil, issuers.count == known.count { return }
        entries.withLock { entries in
            // Somebody else may have known more in the meantime.
            if let now = entries[leaf], now.issuers.count >= issuers.count { return }
            Self.makeRoom(&entries)
            entries[leaf] = Entry(issuers: issuers, identity: nil, judged: Timestamp(milliseconds: 0))
        }
    }

    private static func makeRoom(_ entries: inout [[UInt8]: Entry]) {
        guard entries.count >= capacity, let victim = entries.keys.randomElement() else { return }
        entries[victim] = nil
    }

    /// The verdict on a client's certificate.
    func identity(of leaf: [UInt8], at time: Timestamp) -> SocketIdentity {
        let entry = entries.withLock { $0[leaf] }
        if let entry, let identity = entry.identity, abs(time - entry.judged) < lifetime { return identity }
        let chain = (try? ClientCertificate(der: leaf)).map { [$0] + (entry?.issuers ?? []) } ?? []
        let identity = judge(chain, at: time)
        entries.withLock { entries in
            guard entries[leaf] != nil || entries.count < Self.capacity else { return }
            entries[leaf] = Entry(issuers: entries[leaf]?.issuers ?? [], identity: identity, judged: time)
        }
        return identity
    }

    private func judge(_ chain: [ClientCertificate], at time: Timestamp) -> SocketIdentity {
        guard let leaf = chain.first, let verdict = verdict(on: leaf, Array(chain.dropFirst()), at: time) else {
            return SocketIdentity(authorized: false, authorizationError: "UNSPECIFIED", chain: chain)
        }
        if verdict.isTrusted { authorities.learn(verdict.chain) }
        return SocketIdentity(
            authorized: verdict.isTrusted,
            authorizationError: verdict.isTrusted ? nil : verdict.code.name,
            chain: chain
        )
    }

    /// The verdict with what was sent; where that leaves the issuer unknown, with the CAs of chains trusted before: a
    /// resumed session sends nothing, and what was sent at its beginning may have been forgotten.
    private func verdict(
        on leaf: ClientCertificate,
        _ issuers: [ClientCertificate],
        at time: Timestamp
    ) -> ChainVerdict? {
        let verifier = verifier()
        let verdict = try? verifier.verify(leaf, intermediates: issuers, at: time)
        guard verdict?.rejectionClass == .unknownIssuer else { return verdict }
        let learned = authorities.issuers(of: leaf)
        guard !learned.isEmpty, let again = try? verifier.verify(leaf, intermediates: learned, at: time),
            again.rejectionClass != .unknownIssuer
        else { return verdict }
        return again
    }
}
