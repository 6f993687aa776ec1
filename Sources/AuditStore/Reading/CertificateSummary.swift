public import CertCore

/// The part of a certificate that lists and event rows show.
///
/// What came from a rejected certificate is a claim: nobody has verified it.
public struct CertificateSummary: Hashable, Sendable, Identifiable {
    /// The row in the database; stable for the life of the file.
    public let id: Int64
    /// SHA-256 of the DER, when the reporter gave it or the certificate itself.
    public let sha256: Fingerprint?
    /// SHA-1 of the DER, when known.
    public let sha1: Fingerprint?
    /// The subject's common name.
    public let commonName: String?
    /// The subject in RFC 2253 order.
    public let subject: String?
    /// The issuer in RFC 2253 order.
    public let issuer: String?
    /// The serial number, upper-case hexadecimal without colons.
    public let serial: String?
    /// The start of validity.
    public let notBefore: Timestamp?
    /// The end of validity.
    public let notAfter: Timestamp?
    /// Subject alternative names in Node's spelling (`DNS:a`, `URI:spiffe://…`), in certificate order.
    public let subjectAlternativeNames: [String]

    /// Makes a summary from its parts.
    package init(
        id: Int64,
        sha256: Fingerprint? = nil,
        sha1: Fingerprint? = nil,
        commonName: String? = nil,
        subject: String? = nil,
        issuer: String? = nil,
        serial: String? = nil,
        notBefore: Timestamp? = nil,
        notAfter: Timestamp? = nil,
        subjectAlternativeNames: [String] = []
    ) {
        self.id = id
        self.sha256 = sha256
        self.sha1 = sha1
        self.commonName = commonName
        self.subject = subject
        self.issuer = issuer
        self.serial = serial
        self.notBefore = notBefore
        self.notAfter = notAfter
        self.subjectAlternativeNames = subjectAlternativeNames
    }

    /// The name people know it by: common name, else subject, else first alternative name, else a fingerprint.
    public var displayName: String? {
        if let commonName, !commonName.isEmpty { return commonName }
        if let subject, !subject.isEmpty { return subject }
        return subjectAlternativeNames.first ?? sha256?.hex ?? sha1?.hex
    }

    /// The issuer's common name when its text has one, else the whole text.
    public var issuerName: String? {
        guard let issuer else { return nil }
        return DistinguishedNameText.commonName(in: issuer) ?? issuer
    }
}
