/// What the TLS layer says about the peer of a connection.
public struct SocketIdentity: Hashable, Sendable {
    /// Whether the TLS layer trusts the peer's certificate.
    public var authorized: Bool

    /// Why it does not: Node's name, an `X509_V_ERR` name or libcrypto's text.
    public var authorizationError: String?

    /// The peer's certificates, leaf first; empty when none came or none could be read.
    public var chain: [ClientCertificate]

    /// Puts together what a TLS layer says.
    public init(authorized: Bool, authorizationError: String? = nil, chain: [ClientCertificate] = []) {
        self.authorized = authorized
        self.authorizationError = authorizationError
        self.chain = chain
    }
}
