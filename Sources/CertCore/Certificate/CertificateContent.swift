/// What a parse of a certificate found; shared by all copies of the value.
final class CertificateContent: Sendable {
    let der: [UInt8]
    let sha256: Fingerprint
    let version: Int
    let serialNumber: String
    let subject: DistinguishedName
    let issuer: DistinguishedName
    let notBefore: Timestamp
    let notAfter: Timestamp
    let subjectAlternativeNames: [SubjectAlternativeName]
    let extendedKeyUsage: [String]?
    let isCertificateAuthority: Bool

    /// The certificate as it was read without libcrypto; nil for one in an uncommon form.
    let common: CommonCertificate?

    convenience init(der: [UInt8]) throws(CertificateError) {
        guard !der.isEmpty else { throw CertificateError(.empty, "there are no bytes") }
        guard der.count <= ClientCertificate.maximumSize else {
            throw CertificateError(.tooLarge, "more than \(ClientCertificate.maximumSize) bytes")
        }
        if let common = CommonCertificate(der: der) {
            self.init(der: der, common: common)
        } else {
            try self.init(byLibrary: der)
        }
    }

    private init(der: [UInt8], common: CommonCertificate) {
        self.der = der
        self.common = common
        sha256 = .sha256(of: der)
        version = 3
        serialNumber = common.serialNumber
        subject = common.subject
        issuer = common.issuer
        notBefore = common.notBefore
        notAfter = common.notAfter
        subjectAlternativeNames = common.extensions.alternativeNames ?? []
        extendedKeyUsage = common.extensions.extendedKeyUsage
        isCertificateAuthority = false
    }

    /// Reads any certificate; what ``CommonCertificate`` reads, this reads in the same way.
    init(byLibrary der: [UInt8]) throws(CertificateError) {
        let handle = try Self.open(der)
        self.der = der
        common = nil
        subject = handle.subject
        issuer = handle.issuer
        sha256 = .sha256(of: der)
        version = handle.version
        serialNumber = handle.serialNumber
        // An unreadable end of the validity never makes a certificate valid.
        notBefore = handle.notBefore.timestamp ?? Timestamp(year: 9999, month: 12, day: 31)
        notAfter = handle.notAfter.timestamp ?? Timestamp(milliseconds: 0)
        if case .list(let names) = handle.subjectAlternativeNames {
            subjectAlternativeNames = names
        } else {
            subjectAlternativeNames = []
        }
        extendedKeyUsage = handle.extendedKeyUsage
        isCertificateAuthority = handle.isCertificateAuthority
    }

    private static func open(_ der: [UInt8]) throws(CertificateError) -> X509Handle {
        let handle = try X509Handle(der: der)
        guard handle.isEncoded(exactlyAs: der) else {
            throw CertificateError(.malformed, "the certificate is not in the one form that DER allows")
        }
        return handle
    }

    /// Parses the certificate again, for what is read only when somebody looks.
    func reopen() throws(CertificateError) -> X509Handle { try X509Handle(der: der) }
}
