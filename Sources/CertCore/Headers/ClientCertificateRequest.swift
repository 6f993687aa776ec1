/// What of a request matters for authentication, and what hooks like to record about it.
public struct ClientCertificateRequest: Sendable {
    /// The header lines.
    public var headers: HeaderFields
    /// What the TLS layer says; nil when there is no TLS or it cannot be read.
    public var socket: SocketIdentity?
    /// The address of the TCP peer, without a port.
    public var remoteAddress: String?
    /// The port of the TCP peer.
    public var port: Int?
    /// The HTTP method.
    public var method: String?
    /// The request target.
    public var url: String?
    /// The host asked for.
    public var host: String?
    /// The user agent.
    public var userAgent: String?
    /// The TLS version, as in `TLSv1.3`.
    public var tlsProtocol: String?
    /// The cipher suite.
    public var cipher: String?
    /// Whether the TLS session was resumed.
    public var resumed: Bool?
    /// The server name that the client asked for.
    public var serverName: String?

    /// The certificate, set after it was extracted and before the application's callback runs.
    public internal(set) var clientCertificate: ClientCertificate?

    /// How the certificate was obtained: `socket`, a preset's name, or `header`; set with the certificate.
    public internal(set) var certificateSource: String?

    /// Describes a request.
    public init(
        headers: HeaderFields = HeaderFields(),
        socket: SocketIdentity? = nil,
        remoteAddress: String? = nil,
        port: Int? = nil,
        method: String? = nil,
        url: String? = nil,
        host: String? = nil,
        userAgent: String? = nil
    ) {
        self.headers = headers
        self.socket = socket
        self.remoteAddress = remoteAddress
        self.port = port
        self.method = method
        self.url = url
        self.host = host
        self.userAgent = userAgent
    }
}
