public import CertCore
public import Hummingbird

/// A request context that knows the connection and holds the client's certificate.
///
/// ``BasicClientCertificateRequestContext`` is one; a context of your own needs the two properties:
///
/// ```swift
/// struct MyContext: ClientCertificateRequestContext {
///     var coreContext: CoreRequestContextStorage
///     var clientCertificate: ClientCertificate?
///     let connection: ClientConnection
///
///     init(source: ApplicationRequestContextSource) {
///         coreContext = .init(source: source)
///         connection = ClientConnection(source: source)
///     }
/// }
/// ```
public protocol ClientCertificateRequestContext: RequestContext {
    /// The certificate of an authenticated client; set by ``ClientCertificateAuthMiddleware``.
    var clientCertificate: ClientCertificate? { get set }
    /// The connection the request came over.
    var connection: ClientConnection { get }
}

/// The simplest context for client certificates.
public struct BasicClientCertificateRequestContext: ClientCertificateRequestContext {
    /// What Hummingbird itself needs.
    public var coreContext: CoreRequestContextStorage
    /// The certificate of an authenticated client.
    public var clientCertificate: ClientCertificate?
    /// The connection the request came over.
    public let connection: ClientConnection

    /// A context for a request of an application.
    public init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        connection = ClientConnection(source: source)
    }
}
