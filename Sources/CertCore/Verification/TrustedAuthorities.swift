import SafeText

/// The CAs that may vouch for clients, and what they have taken back.
///
/// Each link's signature is verified, as are basic constraints, key usage and extended key usage of every CA, path
/// lengths, name constraints, critical extensions and validity. The chain that came along is used even when the options
/// keep it out of the certificate. An anchor may be an intermediate. A value that any number of threads may use at once.
public struct TrustedAuthorities: Sendable {
    /// What judging a certificate found.
    public enum Judgement: Hashable, Sendable {
        /// It chains up to an anchor, and nothing is wrong with that.
        case trusted
        /// It does not; the code and depth of the first fault.
        case untrusted(VerificationCode, depth: Int)
        /// It would, but it or a CA above it was revoked.
        case revoked
    }

    /// The anchors.
    public let anchors: [ClientCertificate]

    private let verifier: ChainVerifier
    private let revocations: RevocationChecker?

    /// Takes anchors and revocation lists; with lists, a certificate whose issuer has none is not trusted.
    ///
    /// - Parameters:
    ///   - anchors: The CAs; throws when there are none, or one is no CA or may not issue client certificates.
    ///   - revocationLists: The lists of the CAs that issue clients' certificates, and of those above them.
    ///   - maximumDepth: How many CAs may stand between the certificate and the anchor, 0 to 10.
    public init(
        anchors: [ClientCertificate],
        revocationLists: [RevocationList] = [],
        maximumDepth: Int = 10
    ) throws(ConfigurationError) {
        guard !anchors.isEmpty else { throw ConfigurationError("allowCA needs at least one anchor") }
        guard (0...10).contains(maximumDepth) else {
            throw ConfigurationError("allowCA: maxDepth must be from 0 to 10")
        }
        for anchor in anchors { try Self.check(anchor) }
        var settings = ChainVerifier.Settings()
        settings.allowsPartialChain = true
        settings.maximumDepth = maximumDepth
        guard
            let verifier = try? ChainVerifier(
                anchors: anchors,
                revocationLists: revocationLists,
                settings: settings
            )
        else { throw ConfigurationError("allowCA: an anchor cannot be read") }
        self.anchors = anchors
        self.verifier = verifier
        do throws(CertificateError) {
            revocations = revocationLists.isEmpty ? nil : try RevocationChecker(revocationLists, issuers: anchors)
        } catch {
            throw ConfigurationError("allowCA: \(error.message)")
        }
    }

    /// Judges a certificate as it is at a moment.
    public func judge(_ certificate: ClientCertificate, at time: Timestamp) -> Judgement {
        guard let verdict = try? verifier.verify(certificate, at: time) else {
            return .untrusted(VerificationCode(rawValue: 1), depth: 0)
        }
        if verdict.code == .revoked { return .revoked }
        guard verdict.isTrusted else { return .untrusted(verdict.code, depth: verdict.depth) }
        // libcrypto takes version 1 roots and old Netscape marks for CAs; here basic constraints must say so.
        let issuers = verdict.chain.dropFirst()
        guard !issuers.isEmpty, issuers.allSatisfy({ $0.isCertificateAuthority && $0.mayIssueClients }) else {
            return .untrusted(.invalidAuthority, depth: 1)
        }
        let isRevoked = revocations.map { Self.isRevoked(issuers, by: $0, at: time) } ?? false
        return isRevoked ? .revoked : .trusted
    }

    /// libcrypto asks the list of the leaf's issuer only; for the CAs between, what lists there are decide.
    private static func isRevoked(
        _ issuers: ArraySlice<ClientCertificate>,
        by checker: RevocationChecker,
        at time: Timestamp
    ) -> Bool {
        issuers.indices.dropLast().contains { index in
            checker.status(of: issuers[index], issuers: issuers[(index + 1)...], at: time).isRefusal
        }
    }

    private static func check(_ anchor: ClientCertificate) throws(ConfigurationError) {
        guard anchor.isCertificateAuthority else {
            throw ConfigurationError("allowCA: an anchor is no CA: \(SafeText(anchor.subject.rfc2253).cut(to: 128))")
        }
        guard anchor.mayIssueClients else {
            throw ConfigurationError(
                "allowCA: an anchor may not issue client certificates: "
                    + SafeText(anchor.subject.rfc2253).cut(to: 128)
            )
        }
    }
}

extension TrustedAuthorities {
    /// Reads anchors and lists from files.
    ///
    /// - Throws: ``FileProblem`` for a file that cannot be used, ``ConfigurationError`` for anchors that must not be.
    public init(
        anchorFiles: [String],
        revocationFiles: [String] = [],
        maximumDepth: Int = 10,
        reading files: inout SourceFiles
    ) throws {
        var anchors: [ClientCertificate] = []
        for path in anchorFiles { anchors += try ClientCertificate.bundle(file: path, reading: &files) }
        var lists: [RevocationList] = []
        for path in revocationFiles { lists += try RevocationList.bundle(file: path, reading: &files) }
        try self.init(anchors: anchors, revocationLists: lists, maximumDepth: maximumDepth)
    }
}

extension ClientCertificate {
    /// Whether the extended key usage, if any, includes clients (a CA's limits what it may issue).
    fileprivate var mayIssueClients: Bool {
        let usage = extendedKeyUsage
        return usage.isEmpty || usage.contains("1.3.6.1.5.5.7.3.2") || usage.contains("2.5.29.37.0")
    }
}
