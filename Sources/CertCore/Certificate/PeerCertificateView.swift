/// What Node's object shows beyond the fields that every certificate value has.
struct PeerCertificateView {
    let alternativeNames: X509Handle.Listed<SubjectAlternativeName>
    let informationAccess: X509Handle.Listed<CommonExtensions.Access>
    /// The SubjectPublicKeyInfo in DER.
    let publicKeyInfo: [UInt8]
    /// The ends of the validity as libcrypto prints them.
    let notBefore: String
    let notAfter: String

    /// Looks at a certificate again; nil when libcrypto cannot.
    init?(_ content: CertificateContent) {
        if let common = content.common {
            alternativeNames = common.extensions.alternativeNames.map { .list($0) } ?? .absent
            informationAccess = common.extensions.informationAccess.map { .list($0) } ?? .absent
            publicKeyInfo = Array(content.der[common.publicKeyInfo])
            notBefore = CommonTime.text(common.notBefore)
            notAfter = CommonTime.text(common.notAfter)
        } else {
            guard let handle = try? content.reopen() else { return nil }
            alternativeNames = handle.subjectAlternativeNames
            informationAccess = handle.informationAccess
            publicKeyInfo = handle.publicKeyInfo
            notBefore = handle.notBefore.text
            notAfter = handle.notAfter.text
        }
    }
}
