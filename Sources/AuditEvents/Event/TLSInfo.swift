/// What the TLS layer knew of the connection.
public struct TLSInfo: Hashable, Sendable {
    /// Whether the TLS layer trusted the client's certificate.
    public var authorized: Bool?
    /// Why it did not: Node's name or the name of an `X509_V_ERR` code.
    public var authorizationError: String?
    /// `TLSv1.3` and so on.
    public var protocolVersion: String?
    /// The cipher suite's name.
    public var cipher: String?
    /// Whether the session was resumed; a resumed session skips verification.
    public var resumed: Bool?
    /// The server name the client asked for.
    public var serverName: String?

    /// TLS facts from their parts.
    public init(
        authorized: Bool? = nil,
        authorizationError: String? = nil,
        protocolVersion: String? = nil,
        cipher: String? = nil,
        resumed: Bool? = nil,
        serverName: String? = nil
    ) {
        self.authorized = authorized
        self.authorizationError = authorizationError
        self.protocolVersion = protocolVersion
        self.cipher = cipher
        self.resumed = resumed
        self.serverName = serverName
    }

    var isEmpty: Bool {
        self == TLSInfo()
    }
}
