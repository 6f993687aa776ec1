public import CertCore

/// The part of a certificate that lists and event rows show.
///
/// What came from a rejected certificate is a claim: nobody has verified it.
public struct CertificateSummary: Hashable, Sendable, Identifiable {
    /// The row in the database; stable for the life of the file.
    public var id: Int64 { box.fields.id }
    /// SHA-256 of the DER, when the reporter gave it or the certificate itself.
    public var sha256: Fingerprint? { box.fields.sha256 }
    /// SHA-1 of the DER, when known.
    public var sha1: Fingerprint? { box.fields.sha1 }
    /// The subject's common name.
    public var commonName: String? { box.fields.commonName }
    /// The subject in RFC 2253 order.
    public var subject: String? { box.fields.subject }
    /// The issuer in RFC 2253 order.
    public var issuer: String? { box.fields.issuer }
    /// The serial number, upper-case hexadecimal without colons.
    public var serial: String? { box.fields.serial }
    /// The start of validity.
    public var notBefore: Timestamp? { box.fields.notBefore }
    /// The end of validity.
    public var notAfter: Timestamp? { box.fields.notAfter }
    /// Subject alternative names in Node's spelling (`DNS:a`, `URI:spiffe://…`), in certificate order.
    public var subjectAlternativeNames: [String] { box.fields.subjectAlternativeNames }

    /// What the properties read; rows of one certificate share it, so that a row costs one reference.
    private struct Fields: Hashable, Sendable {
        let id: Int64
        let sha256: Fingerprint?
        let sha1: Fingerprint?
        let commonName: String?
        let subject: String?
        let issuer: String?
        let serial: String?
        let notBefore: Timestamp?
        let notAfter: Timestamp?
        let subjectAlternativeNames: [String]
    }

    private final class Box: Hashable, Sendable {
        let fields: Fields

        init(_ fields: Fields) { self.fields = fields }

        static func == (left: Box, right: Box) -> Bool { left === right || left.fields == right.fields }

        func hash(into hasher: inout Hasher) { fields.hash(into: &hasher) }
    }

    private let box: Box

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
        box = Box(
            Fields(
                id: id,
                sha256: sha256,
                sha1: sha1,
                commonName: commonName,
                subject: subject,
                issuer: issuer,
                serial: serial,
                notBefore: notBefore,
                notAfter: notAfter,
                subjectAlternativeNames: subjectAlternativeNames
            )
        )
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
