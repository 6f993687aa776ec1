public import CertCore

/// What an event says about the client's certificate: all of it, or only what the reporter could tell.
public struct CertificateClaim: Hashable, Sendable {
    /// DER of the leaf and of the issuers that came with it, leaf first; may be empty.
    public var chain: [[UInt8]]
    /// SHA-256 of the leaf's DER.
    public var sha256: Fingerprint?
    /// SHA-1 of the leaf's DER.
    public var sha1: Fingerprint?
    /// The subject's (first) common name.
    public var commonName: String?
    /// The subject as text, RFC 2253.
    public var subject: String?
    /// The issuer as text, RFC 2253.
    public var issuer: String?
    /// The serial number, upper-case hexadecimal.
    public var serial: String?
    /// The start of the validity, as the reporter wrote it.
    public var validFrom: String?
    /// The end of the validity, as the reporter wrote it.
    public var validTo: String?
    /// The alternative names, as Node writes them: `DNS:a, URI:b`.
    public var subjectAltName: String?

    /// A claim from its parts.
    public init(
        chain: [[UInt8]] = [],
        sha256: Fingerprint? = nil,
        sha1: Fingerprint? = nil,
        commonName: String? = nil,
        subject: String? = nil,
        issuer: String? = nil,
        serial: String? = nil,
        validFrom: String? = nil,
        validTo: String? = nil,
        subjectAltName: String? = nil
    ) {
        self.chain = chain
        self.sha256 = sha256
        self.sha1 = sha1
        self.commonName = commonName
        self.subject = subject
        self.issuer = issuer
        self.serial = serial
        self.validFrom = validFrom
        self.validTo = validTo
        self.subjectAltName = subjectAltName
    }

    var isEmpty: Bool {
        self == CertificateClaim()
    }
}
