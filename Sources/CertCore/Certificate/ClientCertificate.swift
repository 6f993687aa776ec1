/// A certificate as a value: parsed once, compared by its DER.
public struct ClientCertificate: Hashable, Sendable {
    /// The largest DER that is parsed, in bytes.
    public static let maximumSize = 65_536

    /// The largest number of certificates of one chain, the leaf included.
    public static let maximumChain = 10

    let content: CertificateContent

    /// The certificates that came along, nearest issuer first; empty when none did.
    ///
    /// Nobody has checked that they issued this one.
    public var issuers: [ClientCertificate] = []

    /// The certificates that came along even when the options keep them out of ``issuers``; chain verification uses them.
    package var accompanying: [ClientCertificate] = []

    /// Parses one certificate in DER.
    ///
    /// Throws for more than ``maximumSize`` bytes, for bytes that follow, and for anything that is no certificate. The
    /// public key is not decoded: a certificate with a broken key parses.
    public init(der: [UInt8]) throws(CertificateError) {
        content = try CertificateContent(der: der)
    }

    /// Parses PEM text: the first certificate is the value, further ones become its ``issuers``.
    public init(pem: String) throws(CertificateError) {
        let chain = try Self.chain(pem: pem)
        self = chain[0]
        issuers = Array(chain.dropFirst())
    }

    /// Parses PEM text of one to ``maximumChain`` certificates, leaf first.
    ///
    /// Only `CERTIFICATE` blocks with white space between them are accepted. The certificates come without
    /// ``issuers``.
    public static func chain(pem: String) throws(CertificateError) -> [ClientCertificate] {
        var result: [ClientCertificate] = []
        for der in try PEMText.certificates(in: Array(pem.utf8)) {
            result.append(try ClientCertificate(der: der))
        }
        return result
    }

    /// The encoded certificate.
    public var der: [UInt8] { content.der }

    /// The version, 1 to 3.
    public var version: Int { content.version }

    /// The serial number as Node writes it: upper-case hexadecimal digits of even number, `0`, `-05`.
    public var serialNumber: String { content.serialNumber }

    /// Who the certificate is about.
    public var subject: DistinguishedName { content.subject }

    /// Who says that it issued the certificate.
    public var issuer: DistinguishedName { content.issuer }

    /// The first moment the certificate is valid; an unreadable time is the end of the year 9999.
    public var notBefore: Timestamp { content.notBefore }

    /// The last moment the certificate is valid; an unreadable time is 1970-01-01.
    public var notAfter: Timestamp { content.notAfter }

    /// The further names of the subject, in order; empty when there are none or the extension is unreadable.
    public var subjectAlternativeNames: [SubjectAlternativeName] { content.subjectAlternativeNames }

    /// The dotted OIDs of the extended key usage, in order; empty when there is none.
    public var extendedKeyUsage: [String] { content.extendedKeyUsage ?? [] }

    /// Whether basic constraints say CA and the key usage, if any, allows signing certificates.
    public var isCertificateAuthority: Bool { content.isCertificateAuthority }

    /// The SHA-256 fingerprint.
    public var sha256: Fingerprint { content.sha256 }

    /// The SHA-1 fingerprint, computed when asked.
    public var sha1: Fingerprint { .sha1(of: der) }

    /// The SHA-512 fingerprint, computed when asked.
    public var sha512: Fingerprint { .sha512(of: der) }

    /// Whether subject and issuer are the same name.
    public var isSelfIssued: Bool { subject == issuer }

    /// The certificate alone as PEM with lines of 64 characters.
    public var pem: String { PEMText.text(der) }

    /// Whether both have the same DER.
    public static func == (left: ClientCertificate, right: ClientCertificate) -> Bool {
        left.content === right.content || left.der == right.der
    }

    /// Hashes the fingerprint.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(sha256.bytes)
    }
}
