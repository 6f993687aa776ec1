package import CertCore

/// What rejections are verified again against: the CAs that servers trust, and what those have taken back.
package struct TrustBasis: Sendable {
    /// Trusted certificates.
    package var anchors: [ClientCertificate]
    /// Revocation lists; nil when revocation is not looked at.
    package var revocations: RevocationChecker?

    /// Nothing but what is learned from accepted events.
    package init(anchors: [ClientCertificate] = [], revocations: RevocationChecker? = nil) {
        self.anchors = anchors
        self.revocations = revocations
    }

    /// Reads files with certificates and with revocation lists; a list in the name of one of these certificates must be
    /// signed by it.
    package init(
        anchorFiles: [String],
        revocationFiles: [String],
        reading files: inout SourceFiles
    ) throws(FileProblem) {
        anchors = []
        for path in anchorFiles { anchors += try ClientCertificate.bundle(file: path, reading: &files) }
        revocations =
            try revocationFiles.isEmpty
            ? nil : RevocationChecker(files: revocationFiles, issuers: anchors, reading: &files)
    }
}
