import AuditEvents
import CertCore
import Hummingbird
import HummingbirdClientCertificateAuth
import NIOSSL

/// An application with mutual TLS that lets one team in and reports every decision; a test of the package runs it.
func exampleApplication(
    tls: TLSConfiguration,
    authorities: [ClientCertificate],
    reporter: AuditReporter,
    port: Int
) throws -> some ApplicationProtocol {
    let verifier = try ClientCertificateVerifier(anchors: authorities)
    let router = Router(context: BasicClientCertificateRequestContext.self)
    router.add(
        middleware: ClientCertificateAuthMiddleware(
            verifier: verifier,
            onAuthenticated: reporter.onAuthenticated,
            onRejected: reporter.onRejected,
            authorize: allowOU(["Services"])
        )
    )
    router.get("/whoami") { _, context in context.clientCertificate?.subject.commonName ?? "" }
    return Application(
        router: router,
        server: try .mutualTLS(tls, verifier: verifier),
        configuration: .init(address: .hostname("127.0.0.1", port: port))
    )
}
