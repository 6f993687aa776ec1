public import Hummingbird
import HummingbirdCore
public import HummingbirdHTTP2
public import NIOSSL

extension HTTPServerBuilder {
    /// As ``mutualTLS(_:verifier:http:)``, with HTTP/2 for clients that offer it in the handshake (ALPN, RFC 7301).
    ///
    /// Every request of a connection is judged by itself, so trust that was withdrawn ends for connections that are
    /// open, too. Clients that do not offer `h2` are answered in HTTP/1.1.
    ///
    /// ```swift
    /// let server: HTTPServerBuilder = try .mutualTLS(tls, verifier: verifier, http2: .init())
    /// ```
    ///
    /// - Parameters:
    ///   - configuration: The server's certificate and key; the protocols that it offers are replaced by `h2` and
    ///     `http/1.1`.
    ///   - verifier: Judges clients after the handshake; give it to ``ClientCertificateAuthMiddleware`` too.
    ///   - http2: How HTTP/2 is spoken; its `streamConfiguration` holds for HTTP/1.1 too.
    /// - Throws: NIOSSL's error, when certificate and key cannot be used.
    public static func mutualTLS(
        _ configuration: TLSConfiguration,
        verifier: ClientCertificateVerifier? = nil,
        http2: HTTP2ChannelConfiguration
    ) throws -> HTTPServerBuilder {
        let configuration = try configuration.askingForCertificates(verifier)
        let tls = TLSChannelConfiguration(
            tlsConfiguration: configuration,
            customVerificationCallback: verifier?.verificationCallback
        )
        return HTTPServerBuilder { responder in
            ObservedChannel(
                base: try HTTP2UpgradeChannel(
                    tlsChannelConfiguration: tls,
                    configuration: http2,
                    responder: responder
                )
            )
        }
    }
}
