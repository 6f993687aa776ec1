public import CertCore

extension AuditEvent {
    /// The event of an authenticated request.
    public init(authenticated certificate: ClientCertificate, _ request: ClientCertificateRequest) {
        self.init(outcome: .authenticated, certificate: certificate, reason: nil, request)
    }

    /// The event of a rejected request.
    ///
    /// When the authenticator has no certificate to show, the one the TLS layer saw is reported, trusted or not: most
    /// rejections happen before a certificate is accepted, and they are the ones somebody wants explained.
    public init(rejected certificate: ClientCertificate?, _ request: ClientCertificateRequest, reason: String) {
        self.init(outcome: .rejected, certificate: certificate, reason: reason, request)
    }

    private init(
        outcome: Outcome,
        certificate: ClientCertificate?,
        reason: String?,
        _ request: ClientCertificateRequest
    ) {
        self.init(
            outcome: outcome,
            time: .now(),
            source: request.certificateSource ?? (request.socket == nil ? nil : "socket"),
            reason: reason,
            certificate: Self.claim(certificate, request.socket),
            request: RequestInfo(
                method: request.method,
                url: request.url,
                ip: request.remoteAddress,
                port: request.port,
                host: request.host,
                userAgent: request.userAgent
            ),
            tls: TLSInfo(
                authorized: request.socket?.authorized,
                authorizationError: request.socket?.authorizationError,
                protocolVersion: request.tlsProtocol,
                cipher: request.cipher,
                resumed: request.resumed,
                serverName: request.serverName
            )
        )
    }

    /// The certificate with all issuers anybody showed: the socket's are the authenticator's without `includeChain`.
    private static func claim(_ certificate: ClientCertificate?, _ socket: SocketIdentity?) -> CertificateClaim? {
        let chain = socket?.chain ?? []
        guard let certificate else { return chain.isEmpty ? nil : CertificateClaim(chain: chain.map(\.der)) }
        if certificate.issuers.isEmpty, chain.first?.der == certificate.der {
            return CertificateClaim(chain: chain.map(\.der))
        }
        return CertificateClaim(certificate)
    }
}
