/// The request an event is about; everything as it was received and not to be trusted.
public struct RequestInfo: Hashable, Sendable {
    /// The HTTP method.
    public var method: String?
    /// Path and query.
    public var url: String?
    /// The client's address.
    public var ip: String?
    /// The client's port, 0…65535.
    public var port: Int?
    /// The `Host` header.
    public var host: String?
    /// The `User-Agent` header.
    public var userAgent: String?

    /// A request from its parts.
    public init(
        method: String? = nil,
        url: String? = nil,
        ip: String? = nil,
        port: Int? = nil,
        host: String? = nil,
        userAgent: String? = nil
    ) {
        self.method = method
        self.url = url
        self.ip = ip
        self.port = port
        self.host = host
        self.userAgent = userAgent
    }
}
