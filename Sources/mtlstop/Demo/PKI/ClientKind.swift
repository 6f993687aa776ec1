/// The situations the demonstration plays, each with real certificates.
enum ClientKind: String, CaseIterable, Sendable, Hashable {
    case good
    case expiringSoon = "expiring soon"
    case renewed
    case expired
    case expiredIntermediate = "expired intermediate"
    case notYetValid = "not yet valid"
    case wrongAuthority = "wrong CA"
    case foreignChain = "foreign root sent along"
    case missingIntermediate = "missing intermediate"
    case selfSigned = "self-signed"
    case revoked
    case wrongPurpose = "wrong purpose"
    case weakKey = "weak key"
    case unknownExtension = "unknown critical extension"
    case noCertificate = "no certificate"
    case policyDenied = "denied by policy"
    case policyThrew = "policy threw"
    case hostileNames = "hostile names"
}

/// What a client's handshake and request must come to.
enum Verdict: Hashable, Sendable {
    /// Certificate and policy are fine.
    case accepted
    /// The TLS layer objects with this X509_V_ERR code.
    case untrusted(Int32)
    /// The application's callback objects with this reason.
    case denied(String)
}

/// A client program of the demonstration: who it is, where it calls from and what it asks for.
struct DemoClient: Sendable {
    /// A short name for the summary and the tests; our own words.
    let name: String
    let kind: ClientKind
    /// What it presents; nil for a client without a certificate.
    let identity: DemoIdentity?
    let verdict: Verdict
    /// It calls from 127.0.0.`host`.
    let host: UInt8
    /// The application it talks to, which is also the first label of the server name.
    let service: String
    let method: String
    let paths: [String]
    var userAgent: String
    /// How often it calls, compared with the others.
    var weight: Int
}
