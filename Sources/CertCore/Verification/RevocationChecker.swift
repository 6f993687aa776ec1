public import SafeText

/// Looks certificates up in revocation lists that their issuers have signed.
///
/// A list counts for a certificate when one key has signed both (RFC 5280 section 6.3.3 with the issuer's own key, as
/// libcrypto does it): the key of a CA that was given as known, or of one that came along with the certificate below a known
/// one. A list in a known CA's name that this CA has not signed is an error; one in an unknown CA's name is warned of, and a
/// certificate that stands on it is ``Status/unverified`` until a chain proves the signature. A value that may be used by
/// any number of threads at once.
public struct RevocationChecker: Sendable {
    /// What the lists say about a certificate.
    public enum Status: String, Hashable, Sendable {
        /// A list of its issuer is there, and the certificate is not on it.
        case good
        /// The certificate is on a list that its issuer has signed.
        case revoked
        /// It is on no list, and every list of its issuer is past its next update.
        case stale
        /// It is on a list in its issuer's name, and nobody known has signed the certificate: who signed the list cannot be
        /// told.
        case unverified
        /// There is no list of its issuer.
        case unknown

        /// Whether the certificate must be turned away: doubt about a list that names it is decided against it.
        public var isRefusal: Bool { self == .revoked || self == .unverified }
    }

    private let lists: [SignedRevocationList]
    private let known: [AuthorityHandle]

    /// Takes lists in any order.
    ///
    /// - Parameters:
    ///   - lists: The lists.
    ///   - issuers: The CAs that are known to sign lists, or to stand above those that do.
    /// - Throws: When a list is in a known CA's name and none of that name has signed it, or when something cannot be read.
    public init(_ lists: [RevocationList], issuers: [ClientCertificate] = []) throws(CertificateError) {
        known = try Self.handles(issuers)
        var signed: [SignedRevocationList] = []
        for list in lists { signed.append(try Self.checked(list, known)) }
        self.lists = signed
    }

    private static func handles(_ issuers: [ClientCertificate]) throws(CertificateError) -> [AuthorityHandle] {
        var result: [AuthorityHandle] = []
        for issuer in issuers { result.append(try AuthorityHandle(issuer)) }
        return result
    }

    private static func checked(
        _ list: RevocationList,
        _ known: [AuthorityHandle]
    ) throws(CertificateError) -> SignedRevocationList {
        let list = try SignedRevocationList(list)
        let namesakes = known.filter { $0.isNamed(in: list.handle) }
        guard namesakes.isEmpty || namesakes.contains(where: list.isSigned) else {
            throw CertificateError(.badSignature, "a revocation list is not signed by the CA that is known by its name")
        }
        return list
    }

    /// What the lists say about a certificate at a moment.
    ///
    /// A certificate that cannot be read again counts as revoked; a parsed one always can.
    ///
    /// - Parameters:
    ///   - certificate: The certificate; what came along with it is used.
    ///   - issuers: CAs that have been proven to stand above it, as a verified chain holds them.
    ///   - time: The moment.
    public func status(
        of certificate: ClientCertificate,
        issuers: some Sequence<ClientCertificate> = [],
        at time: Timestamp
    ) -> Status {
        guard let name = try? X509Handle(der: certificate.der) else { return .revoked }
        let fitting = lists.filter { $0.handle.isOfIssuer(of: name) }
        if fitting.isEmpty { return .unknown }
        guard let handle = try? X509Handle(der: certificate.der, decodingKeys: true) else { return .revoked }
        let proven = known + issuers.compactMap { try? AuthorityHandle($0) }
        guard let issuer = Self.issuer(of: handle, certificate, proven: proven) else {
            return fitting.contains { $0.handle.holds(handle) } ? .unverified : .unknown
        }
        let own = fitting.filter { $0.isSigned(by: issuer) }
        if own.contains(where: { $0.handle.holds(handle) }) { return .revoked }
        if own.isEmpty { return .unknown }
        return own.contains { $0.handle.nextUpdate.map { time <= $0 } ?? true } ? .good : .stale
    }

    /// The CA whose key signed a certificate: a proven one, or one that came along below a proven one.
    private static func issuer(
        of handle: X509Handle,
        _ certificate: ClientCertificate,
        proven: [AuthorityHandle]
    ) -> AuthorityHandle? {
        if let found = proven.first(where: { $0.hasIssued(handle) }) { return found }
        var rest = (certificate.issuers.isEmpty ? certificate.accompanying : certificate.issuers)
            .prefix(ClientCertificate.maximumChain).filter(\.isCertificateAuthority)
            .compactMap { try? AuthorityHandle($0) }.filter { !$0.isCostly }
        guard let wanted = rest.first(where: { $0.hasIssued(handle) }) else { return nil }
        // Each round proves at least one of at most ten more, or is the last.
        var proven = proven
        while let next = rest.firstIndex(where: { one in proven.contains { $0.hasIssued(one) } }) {
            let found = rest.remove(at: next)
            if found === wanted { return found }
            proven = proven + [found]
        }
        return nil
    }

    /// What an operator should know of lists that were taken all the same: who signed them is not known, or they are old.
    public func warnings(at time: Timestamp) -> [SafeText] {
        lists.flatMap { list in
            let name = Self.name(list)
            var told: [SafeText] = []
            if !known.contains(where: list.isSigned) {
                told.append(
                    "the signature of the revocation list of '\(name)' cannot be verified: the CA's certificate is not known"
                )
            }
            if let next = list.handle.nextUpdate, time > next {
                told.append("the revocation list of '\(name)' is past its next update, \(next.rfc3339)")
            }
            return told
        }
    }

    private static func name(_ list: SignedRevocationList) -> SafeText {
        SafeText(list.handle.issuer.rfc2253).cut(to: 128)
    }
}

extension RevocationChecker {
    /// Reads lists from files.
    ///
    /// - Parameters:
    ///   - paths: Files with lists, in DER, or PEM in which `CERTIFICATE` blocks may stand too: CAs that are known.
    ///   - issuers: Further known CAs.
    ///   - files: Reads the files.
    public init(
        files paths: [String],
        issuers: [ClientCertificate] = [],
        reading files: inout SourceFiles
    ) throws(FileProblem) {
        var found: [(path: String, list: RevocationList)] = []
        var issuers = issuers
        for path in paths {
            let bytes = try files.read(path, limit: RevocationList.maximumSize * 4 / 3)
            try Self.naming(path) { () throws(CertificateError) in
                found += try RevocationList.bundle(bytes).map { (path, $0) }
                issuers += try ClientCertificate.blocks(in: bytes)
            }
        }
        let known = try Self.naming(paths.first ?? "") { () throws(CertificateError) in try Self.handles(issuers) }
        var signed: [SignedRevocationList] = []
        for (path, list) in found {
            signed.append(try Self.naming(path) { () throws(CertificateError) in try Self.checked(list, known) })
        }
        self.known = known
        lists = signed
    }

    private static func naming<Value>(
        _ path: String,
        _ body: () throws(CertificateError) -> Value
    ) throws(FileProblem) -> Value {
        do {
            return try body()
        } catch {
            throw FileProblem(.malformed, path: path, "\(error.message)")
        }
    }
}
