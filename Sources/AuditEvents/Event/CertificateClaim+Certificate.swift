public import CertCore

extension CertificateClaim {
    /// The whole certificate, with the issuers that came with it.
    ///
    /// Everything else can be read from its bytes, so nothing else is said.
    public init(_ certificate: ClientCertificate) {
        self.init(chain: [certificate.der] + certificate.issuers.map(\.der))
    }
}
