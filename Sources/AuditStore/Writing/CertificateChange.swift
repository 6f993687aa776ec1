import CertCore

/// A change to the certificate tables that waits for a commit; changes apply in the order they were made.
enum CertificateChange {
    /// A new row.
    case insert(CertificateRow)
    /// The DER of a row that was known by fingerprint only; `wasSHA1` when that was a claimed SHA-1.
    case complete(CertificateRow, wasSHA1: Bool)
    /// Another value by which a certificate is known.
    case alias(CertificateAliasKind, [UInt8], certificate: Int64)
    /// An issuer certificate that came along.
    case issuer(certificate: Int64, position: Int64, issuer: Int64)
    /// The first event that used a certificate.
    case firstEvent(certificate: Int64, event: Int64, time: Int64)
    /// Two rows turned out to be one certificate.
    case same(certificate: Int64, as: Int64)
}

/// The values of a `cert` row.
struct CertificateRow {
    var id: Int64
    var identity: [UInt8]
    var sha256: [UInt8]?
    var sha1: [UInt8]?
    var commonName: String?
    var subject: String?
    var issuer: String?
    var serial: String?
    var notBefore: Int64?
    var notAfter: Int64?
    /// JSON array of texts.
    var alternativeNames: String?
    var der: [UInt8]?
    var identityKey: String?
    /// The first event that used it, when that comes with the row, and its time in Unix milliseconds.
    var firstEvent: Int64?
    var firstSeen: Int64?

    /// A row about which nothing is known yet.
    init(id: Int64, identity: [UInt8]) {
        self.id = id
        self.identity = identity
    }

    /// The row of a certificate whose DER is there.
    init(id: Int64, certificate: ClientCertificate) {
        self.init(id: id, identity: certificate.sha256.bytes)
        sha256 = certificate.sha256.bytes
        sha1 = certificate.sha1.bytes
        commonName = certificate.subject.commonName
        subject = certificate.subject.rfc2253
        issuer = certificate.issuer.rfc2253
        serial = certificate.serialNumber
        notBefore = certificate.notBefore.milliseconds
        notAfter = certificate.notAfter.milliseconds
        alternativeNames = Self.json(certificate.subjectAlternativeNames.map(\.text))
        der = certificate.der
        identityKey = CertificateIdentity.key(of: certificate)
    }
}
