import CertCore

/// The CAs that came along with clients' certificates, by name; bounded.
struct IssuerBook {
    /// The most CAs that are remembered.
    static let limit = 1000

    /// Those that vouched for an accepted client.
    private(set) var trusted: [ClientCertificate] = []
    private var bySubject: [DistinguishedName: [ClientCertificate]] = [:]
    private var seen: [Fingerprint: Bool] = [:]

    /// Notes a CA.
    ///
    /// - Parameter isTrusted: Whether a client below it was accepted after its chain was verified.
    /// - Returns: Whether that is news.
    mutating func note(_ der: [UInt8], isTrusted: Bool) -> Bool {
        let fingerprint = Fingerprint.sha256(of: der)
        let known = seen[fingerprint]
        if known == true || known == isTrusted || (known == nil && seen.count >= Self.limit) { return false }
        seen[fingerprint] = isTrusted
        guard let certificate = try? ClientCertificate(der: der), certificate.isCertificateAuthority else {
            return false
        }
        if known == nil { bySubject[certificate.subject, default: []].append(certificate) }
        if isTrusted { trusted.append(certificate) }
        return true
    }

    /// What may stand between a certificate and an anchor: what was sent, then CAs that are known by name.
    func intermediates(of leaf: ClientCertificate) -> [ClientCertificate] {
        var result = leaf.issuers
        var name = (result.last ?? leaf).issuer
        while result.count < ClientCertificate.maximumChain,
            let next = bySubject[name]?.filter({ !result.contains($0) }),
            let first = next.first
        {
            result += next
            if first.issuer == name { break }
            name = first.issuer
        }
        return Array(result.prefix(ClientCertificate.maximumChain))
    }
}
