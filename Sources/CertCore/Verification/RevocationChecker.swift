/// Looks certificates up in revocation lists by issuer and serial number.
///
/// For certificates whose chain somebody else has verified: the lists' signatures are not verified, so they must come from
/// a place that only the operator writes to. ``ChainVerifier`` and `allowCA` verify signatures too. A value that may be
/// used by any number of threads at once.
public struct RevocationChecker: Sendable {
    /// What the lists say about a certificate.
    public enum Status: String, Hashable, Sendable {
        /// A list of its issuer is there, and the certificate is not on it.
        case good
        /// The certificate is on a list.
        case revoked
        /// It is on no list, and every list of its issuer is past its next update.
        case stale
        /// There is no list of its issuer.
        case unknown
    }

    private let lists: [RevocationListHandle]

    /// Takes lists in any order.
    public init(_ lists: [RevocationList]) throws(CertificateError) {
        var handles: [RevocationListHandle] = []
        for list in lists { handles.append(try RevocationListHandle(der: list.der)) }
        self.lists = handles
    }

    /// Reads the lists of files.
    public init(files paths: [String], reading files: inout SourceFiles) throws(FileProblem) {
        var handles: [RevocationListHandle] = []
        for path in paths {
            for list in try RevocationList.bundle(file: path, reading: &files) {
                if let handle = try? RevocationListHandle(der: list.der) { handles.append(handle) }
            }
        }
        lists = handles
    }

    /// What the lists say about a certificate at a moment.
    ///
    /// A certificate that cannot be read again counts as revoked; a parsed one always can.
    public func status(of certificate: ClientCertificate, at time: Timestamp) -> Status {
        guard let handle = try? X509Handle(der: certificate.der) else { return .revoked }
        let fitting = lists.filter { $0.isOfIssuer(of: handle) }
        if fitting.contains(where: { $0.holds(handle) }) { return .revoked }
        if fitting.isEmpty { return .unknown }
        return fitting.contains { $0.nextUpdate.map { time <= $0 } ?? true } ? .good : .stale
    }
}
