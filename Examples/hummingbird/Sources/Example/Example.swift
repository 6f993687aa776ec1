import AuditEvents
import CertCore
import Hummingbird
import HummingbirdClientCertificateAuth

/// An application behind nginx that lets two services in and reports every decision.
@main
struct Example {
    static func main() async throws {
        let reporter = AuditReporter(configuration: .init(socketPath: "/run/mtlstop/ingest.sock", service: "example"))
        let proxies = ["127.0.0.0/8"].compactMap(AddressRange.init(parsing:))
        let options = try ExtractionOptions(certificateSource: .nginx, trustedProxies: proxies)
        let router = Router(context: BasicClientCertificateRequestContext.self)
        router.add(
            middleware: ClientCertificateAuthMiddleware(
                options: options,
                onAuthenticated: reporter.onAuthenticated,
                onRejected: reporter.onRejected,
                authorize: allowCN(["svc-a", "svc-b"])
            )
        )
        router.get("/whoami") { _, context in context.clientCertificate?.subject.commonName ?? "" }
        try await Application(router: router, configuration: .init(address: .hostname("127.0.0.1", port: 8080))).run()
        reporter.close(timeout: .seconds(5))
    }
}
