import CertCore

/// The identity that successive certificates of one client share, scoped by their issuer.
///
/// The first of: SPIFFE URI, e-mail address, set of DNS names, subject. A successor is a certificate with the same
/// key and a later end.
enum CertificateIdentity {
    /// The key of a certificate.
    static func key(of certificate: ClientCertificate) -> String {
        var uris: [String] = []
        var addresses: [String] = []
        var names: [String] = []
        for name in certificate.subjectAlternativeNames {
            switch name {
            case .uri(let uri) where uri.hasPrefix("spiffe://"): uris.append(uri)
            case .email(let address): addresses.append(address)
            case .dns(let host): names.append(host)
            default: continue
            }
        }
        let issuer = certificate.issuer.rfc2253
        if let uri = uris.min() { return scoped("uri:" + uri, issuer) }
        if let address = addresses.min() { return scoped("email:" + address, issuer) }
        if !names.isEmpty { return scoped("dns:" + Set(names).sorted().joined(separator: ","), issuer) }
        return scoped("subject:" + certificate.subject.rfc2253, issuer)
    }

    /// The key of a certificate of which only names are known.
    static func key(subject: String, issuer: String?) -> String {
        scoped("subject:" + subject, issuer ?? "")
    }

    private static func scoped(_ identity: String, _ issuer: String) -> String {
        "\(identity)|issuer:\(issuer)"
    }
}
