/// What an interned text is: the `kind` of a `str` row.
///
/// The numbers are stored and never change.
package enum NameKind: Int64, CaseIterable, Sendable {
    /// The application that served the request.
    case service = 1
    /// How the certificate was obtained: `socket`, `envoy`, …
    case source = 2
    /// The request's method.
    case method = 3
    /// The request's target with its query.
    case path = 4
    /// The client's address.
    case ip = 5
    /// The reported reason of a rejection.
    case reason = 6
    /// The request's Host.
    case host = 7
    /// The request's User-Agent.
    case userAgent = 8
    /// The TLS version.
    case tlsProtocol = 9
    /// The TLS cipher suite.
    case cipher = 10
    /// The server name the client asked for (SNI).
    case serverName = 11
    /// The application name a producer gave in its hello.
    case application = 12
    /// What the TLS layer said about the certificate.
    case authorizationError = 13
}
