public import Hummingbird
import HummingbirdCore
import HummingbirdTLS
public import NIOSSL

extension HTTPServerBuilder {
    /// A server with TLS that asks every client for a certificate and knows everything about the handshake.
    ///
    /// Requests then also carry the cipher suite, the server name that was asked for and whether the session was
    /// resumed, which NIOSSL does not tell.
    ///
    /// ```swift
    /// let verifier = try ClientCertificateVerifier(anchors: ClientCertificate.chain(pem: anchors))
    /// let application = Application(router: router, server: try .mutualTLS(tls, verifier: verifier))
    /// ```
    ///
    /// - Parameters:
    ///   - configuration: The server's certificate and key. With a verifier it does not matter which clients the
    ///     configuration trusts; without one NIOSSL's own verification decides in the handshake.
    ///   - verifier: Judges clients after the handshake; give it to ``ClientCertificateAuthMiddleware`` too.
    ///   - http: How HTTP/1.1 is spoken inside.
    /// - Throws: NIOSSL's error, when certificate and key cannot be used.
    public static func mutualTLS(
        _ configuration: TLSConfiguration,
        verifier: ClientCertificateVerifier? = nil,
        http: HTTP1Channel.Configuration = .init()
    ) throws -> HTTPServerBuilder {
        let configuration = try configuration.askingForCertificates(verifier)
        let tls = TLSChannelConfiguration(
            tlsConfiguration: configuration,
            customVerificationCallback: verifier?.verificationCallback
        )
        return HTTPServerBuilder { responder in
            let base = HTTP1Channel(responder: responder, configuration: http)
            return ObservedChannel(base: try TLSChannel(base, configuration: tls))
        }
    }
}

extension TLSConfiguration {
    /// The configuration of a server that asks every client for a certificate; throws when NIOSSL cannot use it.
    func askingForCertificates(_ verifier: ClientCertificateVerifier?) throws -> TLSConfiguration {
        var configuration = self
        // A client without a certificate must get an answer too, when it is not NIOSSL that decides.
        if verifier != nil || configuration.certificateVerification == .none {
            configuration.certificateVerification = .optionalVerification
        }
        // Hummingbird makes its contexts when the server starts; what is wrong should be said before.
        _ = try NIOSSLContext(configuration: configuration)
        return configuration
    }
}
