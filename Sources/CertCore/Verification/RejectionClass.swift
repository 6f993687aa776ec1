/// What kind of thing a rejection was: the coarse groups of the Rejections view.
public enum RejectionClass: String, CaseIterable, Sendable, Hashable {
    /// The certificate, or one of its issuers, is past its last day.
    case expired
    /// The certificate is valid only later.
    case notYetValid = "not_yet_valid"
    /// The certificate, or the chain's end, signed itself and is not trusted.
    case selfSigned = "self_signed"
    /// Nobody trusted issued the certificate.
    case unknownIssuer = "unknown_issuer"
    /// The issuer has taken the certificate back.
    case revoked
    /// A revocation list is missing or unusable.
    case crl
    /// The certificate may not be used to authenticate a client.
    case badPurpose = "bad_purpose"
    /// A signature does not verify.
    case badSignature = "bad_signature"
    /// The chain breaks a rule: length, issuer rights, constraints, extensions.
    case chain
    /// A name does not match or lies outside what the issuer may issue.
    case name
    /// A key or digest is too weak.
    case weak
    /// The client sent no certificate.
    case noCertificate = "no_certificate"
    /// The certificate header of a proxy is missing or unreadable.
    case header
    /// The proxy's verdict is not the expected one.
    case verifyHeader = "verify_header"
    /// The application's own rules said no.
    case policy
    /// The handshake failed before a certificate could be judged.
    case handshake
    /// Anything else.
    case other

    /// A small stable number for the database: 1 for expired to 17 for other, in the order of the cases.
    package var id: Int {
        switch self {
        case .expired: 1
        case .notYetValid: 2
        case .selfSigned: 3
        case .unknownIssuer: 4
        case .revoked: 5
        case .crl: 6
        case .badPurpose: 7
        case .badSignature: 8
        case .chain: 9
        case .name: 10
        case .weak: 11
        case .noCertificate: 12
        case .header: 13
        case .verifyHeader: 14
        case .policy: 15
        case .handshake: 16
        case .other: 17
        }
    }

    /// The class with a database number; nil for a number that is none.
    package init?(id: Int) {
        guard (1...Self.allCases.count).contains(id) else { return nil }
        self = Self.allCases[id - 1]
    }

    /// The class in people's words.
    public var title: String {
        switch self {
        case .expired: "certificate expired"
        case .notYetValid: "certificate not yet valid"
        case .selfSigned: "self-signed certificate"
        case .unknownIssuer: "unknown issuer"
        case .revoked: "certificate revoked"
        case .crl: "revocation list problem"
        case .badPurpose: "wrong certificate purpose"
        case .badSignature: "bad signature"
        case .chain: "broken chain"
        case .name: "name not allowed"
        case .weak: "weak key or digest"
        case .noCertificate: "no certificate"
        case .header: "certificate header missing or malformed"
        case .verifyHeader: "proxy did not verify"
        case .policy: "denied by policy"
        case .handshake: "handshake failed"
        case .other: "other"
        }
    }
}
