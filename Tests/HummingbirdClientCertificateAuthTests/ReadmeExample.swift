import AuditEvents
import CertCore
import Hummingbird
import HummingbirdClientCertificateAuth
import NIOSSL

/// What the README and docs/library.md show, to the letter; ``ReadmeTests`` compares and runs it.
enum ReadmeExample {
    static func mutualTLS(
        tls: TLSConfiguration,
        authorities: [ClientCertificate],
        reporter: AuditReporter
    ) throws -> Application<RouterResponder<BasicClientCertificateRequestContext>> {
        // README begins
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
        let application = Application(router: router, server: try .mutualTLS(tls, verifier: verifier))
        // README ends
        return application
    }

    static func behindProxy(
        router: Router<BasicClientCertificateRequestContext>,
        proxies: [AddressRange]
    ) throws -> ExtractionOptions {
        // README begins
        let options: ExtractionOptions = try ExtractionOptions(certificateSource: .nginx, trustedProxies: proxies)
        // README ends
        router.add(middleware: ClientCertificateAuthMiddleware(options: options, authorize: allowCN(["svc-a"])))
        return options
    }
}
