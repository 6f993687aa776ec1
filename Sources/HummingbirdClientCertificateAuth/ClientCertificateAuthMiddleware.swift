public import CertCore
import HTTPTypes
public import Hummingbird
import HummingbirdCore
import Logging
import Synchronization

/// Lets only clients with an accepted certificate through; for all routes or for some.
///
/// ```swift
/// let router = Router(context: BasicClientCertificateRequestContext.self)
/// router.add(middleware: ClientCertificateAuthMiddleware(options: options, authorize: allowCN(["svc-a"])))
/// router.get("/whoami") { _, context in context.clientCertificate?.subject.commonName ?? "" }
/// ```
///
/// A refused request is answered with the outcome's status and sentence, which say nothing about the certificate.
/// The hooks run beside the request; `AuditReporter`'s `onAuthenticated` and `onRejected` fit.
public struct ClientCertificateAuthMiddleware<Context: ClientCertificateRequestContext>: RouterMiddleware {
    private let authenticator: ClientCertificateAuthenticator
    private let verifier: ClientCertificateVerifier?
    private let warning: TrustWarning?
    private let varyingHeaders: [HTTPField.Name]

    /// Authenticates by the certificate that `options` name, and asks `authorize` about it.
    ///
    /// - Parameters:
    ///   - options: Where the certificate comes from; by default the TLS layer.
    ///   - verifier: Judges TLS peers; the same that the server's TLS configuration was given. Nil when NIOSSL verifies
    ///     by itself: then a certificate that got through the handshake is a trusted one.
    ///   - onAuthenticated: Told of every request that was let in.
    ///   - onRejected: Told of every request that was turned away.
    ///   - authorize: The application's decision.
    public init(
        options: ExtractionOptions = .socket,
        verifier: ClientCertificateVerifier? = nil,
        onAuthenticated: ClientCertificateAuthenticator.AuthenticatedHook? = nil,
        onRejected: ClientCertificateAuthenticator.RejectedHook? = nil,
        authorize: @escaping AuthorizationCallback
    ) {
        authenticator = ClientCertificateAuthenticator(
            options: options,
            authorize: authorize,
            onAuthenticated: onAuthenticated,
            onRejected: onRejected
        )
        self.verifier = verifier
        warning = TrustWarning(options)
        varyingHeaders = Self.headers(of: options)
    }

    /// Answers 401 (or what the authorization says), or passes the request on with the certificate in its context.
    public func handle(
        _ request: Request,
        context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        warning?.tell(context.logger)
        let description = await describe(request, context.connection)
        let outcome = await authenticator.authenticate(description)
        guard outcome.authenticated else {
            // A refusal is for this client alone: no cache may give it to another (RFC 9440 section 2.4).
            throw HTTPError(
                HTTPResponse.Status(code: outcome.status),
                headers: [.cacheControl: "no-store"],
                message: outcome.message ?? "Unauthorized"
            )
        }
        var context = context
        context.clientCertificate = outcome.certificate
        var response = try await next(request, context)
        for name in varyingHeaders { response.headers.append(HTTPField(name: .vary, value: name.rawName)) }
        return response
    }

    /// The headers that answers depend on, for caches on the way.
    private static func headers(of options: ExtractionOptions) -> [HTTPField.Name] {
        let names = [options.certificateHeader ?? options.certificateSource?.header, options.verifyHeader]
        return names.compactMap { $0.flatMap { HTTPField.Name($0) } }
    }

    private func describe(_ request: Request, _ connection: ClientConnection) async -> ClientCertificateRequest {
        let tls = await connection.tlsState()
        var description = ClientCertificateRequest(
            headers: HeaderFields(request.headers.map { ($0.name.rawName, $0.value) }),
            socket: tls.map(identity),
            remoteAddress: connection.remoteAddress,
            port: connection.remotePort,
            method: request.method.rawValue,
            url: request.head.path,
            host: request.head.authority,
            userAgent: request.headers[.userAgent]
        )
        description.tlsProtocol = tls?.version
        description.cipher = tls?.handshake.cipher
        description.resumed = tls?.handshake.isResumed
        description.serverName = tls?.handshake.serverName
        return description
    }

    private func identity(_ state: ClientConnection.TLSState) -> SocketIdentity {
        guard let leaf = state.leaf else { return SocketIdentity(authorized: false) }
        if let verifier { return verifier.identity(of: leaf, at: .now()) }
        // NIOSSL shows a peer's certificate only after a handshake that its own verification passed.
        let chain = (try? ClientCertificate(der: leaf)).map { [$0] } ?? []
        return SocketIdentity(authorized: true, chain: chain)
    }
}

/// Says once that headers are believed whoever sends them.
private final class TrustWarning: Sendable {
    private let isTold = Atomic(false)

    /// Nil when there is nothing to warn of.
    init?(_ options: ExtractionOptions) {
        let readsHeaders = options.certificateSource != nil || options.certificateHeader != nil
        guard readsHeaders, options.trustedProxies == nil else { return nil }
    }

    func tell(_ logger: Logger) {
        guard !isTold.exchange(true, ordering: .relaxed) else { return }
        logger.warning("client certificates are read from headers of any peer: set trustedProxies to your proxies")
    }
}
