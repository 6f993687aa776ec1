import CertCore
import Foundation
import Hummingbird
import HummingbirdClientCertificateAuth
import HummingbirdCore
import HummingbirdTLS
import NIOSSL
import Testing

@Suite("The Hummingbird middleware", .serialized)
struct MiddlewareTests {
    private typealias Context = BasicClientCertificateRequestContext

    private func router(_ middleware: ClientCertificateAuthMiddleware<Context>) -> Router<Context> {
        let router = Router(context: Context.self)
        router.get("/public") { _, _ in "anybody" }
        router.group("private").add(middleware: middleware).get("/whoami") { _, context in
            context.clientCertificate?.subject.commonName ?? "nobody"
        }
        return router
    }

    @Test("A certificate in the header of a trusted proxy lets in; a forged or missing one is answered with 401")
    func headers() async throws {
        let certificates = try TestCertificates()
        let log = HookLog()
        let loopback = try #require(AddressRange(parsing: "127.0.0.0/8"))
        let options = try ExtractionOptions(
            certificateHeader: "X-SSL-Cert",
            headerEncoding: .urlPEM,
            trustedProxies: [loopback]
        )
        let middleware = ClientCertificateAuthMiddleware<Context>(
            options: options,
            onAuthenticated: log.onAuthenticated,
            onRejected: log.onRejected,
            authorize: allowCN(["svc-good"])
        )
        let good = try Self.header(certificates.pem("good"))
        let admin = try Self.header(certificates.pem("admin"))
        try await withApplication(router(middleware)) { port in
            let open = try await HTTPClient.get("/public", port: port)
            #expect(open.status == 200)
            #expect(open.body == "anybody")
            let accepted = try await HTTPClient.get("/private/whoami?x=1", port: port, headers: [good])
            #expect(accepted.status == 200)
            #expect(accepted.body == "svc-good")
            #expect(await log.next() == "ok svc-good /private/whoami?x=1")

            for (headers, line) in [
                ([], "header_missing_or_malformed - -"),
                ([("X-SSL-Cert", "forged")], "header_missing_or_malformed - -"),
                ([good, admin], "header_missing_or_malformed - -"),
                ([admin], "callback_returned_false svc-admin -"),
            ] {
                let refused = try await HTTPClient.get("/private/whoami", port: port, headers: headers)
                #expect(refused.status == 401)
                #expect(refused.body.contains("Unauthorized"))
                #expect(!refused.body.contains("svc"))
                #expect(await log.next() == line)
            }
        }
    }

    private static func header(_ pem: String) throws -> (String, String) {
        ("X-SSL-Cert", try #require(pem.addingPercentEncoding(withAllowedCharacters: .alphanumerics)))
    }

    @Test("A server that believes every peer is told so once, one with trusted proxies is not")
    func warnsOfTrust() async throws {
        for ranges in [nil, [AddressRange(parsing: "127.0.0.0/8")].compactMap { $0 }] {
            let log = LogRecord()
            let options = try ExtractionOptions(certificateSource: .caddy, trustedProxies: ranges)
            let middleware = ClientCertificateAuthMiddleware<Context>(options: options, authorize: allowCN(["a"]))
            try await withApplication(router(middleware), logger: log.logger) { port in
                for _ in 0..<3 { _ = try await HTTPClient.get("/private/whoami", port: port) }
            }
            let told = log.warnings.filter { $0.contains("trustedProxies") }
            #expect(told.count == (ranges == nil ? 1 : 0), "\(log.warnings)")
        }
    }

    @Test("Headers of a peer that is no trusted proxy are not read")
    func untrustedProxy() async throws {
        let certificates = try TestCertificates()
        let elsewhere = try #require(AddressRange(parsing: "10.0.0.0/8"))
        let options = try ExtractionOptions(
            certificateHeader: "X-SSL-Cert",
            headerEncoding: .urlPEM,
            trustedProxies: [elsewhere]
        )
        let middleware = ClientCertificateAuthMiddleware<Context>(options: options, authorize: { _, _ in true })
        let good = try Self.header(certificates.pem("good"))
        try await withApplication(router(middleware)) { port in
            let answer = try await HTTPClient.get("/private/whoami", port: port, headers: [good])
            #expect(answer.status == 401)
        }
    }

    @Test("With mutual TLS the peer's certificate decides, and a refusal is an answer with a reason")
    func mutualTLS() async throws {
        let certificates = try TestCertificates()
        let log = HookLog()
        let verifier = try ClientCertificateVerifier(anchors: [certificates.certificate("ca")])
        let middleware = ClientCertificateAuthMiddleware<Context>(
            verifier: verifier,
            onAuthenticated: log.onAuthenticated,
            onRejected: log.onRejected,
            authorize: allowOU(["Services"])
        )
        let server = try HTTPServerBuilder.tls(
            .http1(),
            configuration: TLSChannelConfiguration(
                tlsConfiguration: certificates.server(),
                customVerificationCallback: verifier.verificationCallback
            )
        )
        let clients = try [
            ("good", 200, "ok svc-good /private/whoami"),
            ("expired", 401, "socket_not_authorized svc-expired CERT_HAS_EXPIRED"),
            ("foreign", 401, "socket_not_authorized svc-foreign UNABLE_TO_GET_ISSUER_CERT_LOCALLY"),
            (nil, 401, "socket_not_authorized - -"),
            ("admin", 401, "callback_returned_false svc-admin -"),
        ].map { (try certificates.client($0.0), $0.1, $0.2) }
        try await withApplication(router(middleware), server: server) { port in
            for (tls, status, line) in clients {
                let answer = try await HTTPClient.get("/private/whoami", port: port, tls: tls)
                #expect(answer.status == status)
                #expect(await log.next() == line)
            }
        }
    }

    @Test("Without a verifier NIOSSL decides in the handshake")
    func builtInVerification() async throws {
        let certificates = try TestCertificates()
        let middleware = ClientCertificateAuthMiddleware<Context>(authorize: { _, _ in true })
        let server = try HTTPServerBuilder.tls(.http1(), tlsConfiguration: certificates.server())
        let good = try certificates.client("good")
        let none = try certificates.client(nil)
        let expired = try certificates.client("expired")
        try await withApplication(router(middleware), server: server) { port in
            let accepted = try await HTTPClient.get("/private/whoami", port: port, tls: good)
            #expect(accepted.body == "svc-good")
            let refused = try await HTTPClient.get("/private/whoami", port: port, tls: none)
            #expect(refused.status == 401)
            await #expect(throws: (any Error).self) {
                try await HTTPClient.get("/private/whoami", port: port, tls: expired)
            }
        }
    }

    @Test("Answers that depend on a header say so to caches, and refusals are not kept")
    func cacheHeaders() async throws {
        let certificates = try TestCertificates()
        let options = try ExtractionOptions(certificateHeader: "X-SSL-Cert", headerEncoding: .urlPEM)
        let middleware = ClientCertificateAuthMiddleware<Context>(options: options, authorize: { _, _ in true })
        let good = try Self.header(certificates.pem("good"))
        try await withApplication(router(middleware)) { port in
            let accepted = try await HTTPClient.get("/private/whoami", port: port, headers: [good])
            #expect(accepted.status == 200 && accepted.head.lowercased().contains("vary: x-ssl-cert"))
            let refused = try await HTTPClient.get("/private/whoami", port: port)
            #expect(refused.status == 401 && refused.head.lowercased().contains("cache-control: no-store"))
        }
    }

    @Test("Several instances may guard different routes, and one all of them")
    func globalAndPerRoute() async throws {
        let certificates = try TestCertificates()
        let options = try ExtractionOptions(certificateHeader: "X-SSL-Cert", headerEncoding: .urlPEM)
        let router = Router(context: Context.self)
        router.add(middleware: ClientCertificateAuthMiddleware(options: options, authorize: { _, _ in true }))
        router.get("/any") { _, context in context.clientCertificate?.subject.commonName ?? "nobody" }
        for name in ["svc-good", "svc-admin"] {
            router.group("\(name)").add(
                middleware: ClientCertificateAuthMiddleware(options: options, authorize: allowCN([name]))
            ).get("/x") { _, _ in "in" }
        }
        let good = try Self.header(certificates.pem("good"))
        try await withApplication(router) { port in
            for (path, header, status) in [
                ("/any", [good], 200), ("/any", [], 401), ("/svc-good/x", [good], 200), ("/svc-admin/x", [good], 401),
            ] {
                let answer = try await HTTPClient.get(path, port: port, headers: header)
                #expect(answer.status == status, "\(path) \(header.count)")
            }
        }
    }

    @Test("An error of a handler is the handler's: it passes through, and the request was authenticated once")
    func handlerErrors() async throws {
        let certificates = try TestCertificates()
        let log = HookLog()
        let options = try ExtractionOptions(certificateHeader: "X-SSL-Cert", headerEncoding: .urlPEM)
        let router = Router(context: Context.self)
        router.add(
            middleware: ClientCertificateAuthMiddleware(
                options: options,
                onAuthenticated: log.onAuthenticated,
                onRejected: log.onRejected,
                authorize: { _, _ in true }
            )
        )
        router.get("/conflict") { _, _ -> String in throw HTTPError(.conflict) }
        let good = try Self.header(certificates.pem("good"))
        try await withApplication(router) { port in
            let answer = try await HTTPClient.get("/conflict", port: port, headers: [good])
            #expect(answer.status == 409)
            let again = try await HTTPClient.get("/conflict?2", port: port, headers: [good])
            #expect(again.status == 409)
            #expect(await log.next() == "ok svc-good /conflict")
            #expect(await log.next() == "ok svc-good /conflict?2")
        }
    }
}
