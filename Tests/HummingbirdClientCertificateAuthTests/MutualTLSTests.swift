import CertCore
import Hummingbird
import HummingbirdClientCertificateAuth
import HummingbirdCore
import NIOSSL
import Synchronization
import Testing

@Suite("Mutual TLS", .serialized)
struct MutualTLSTests {
    private typealias Context = BasicClientCertificateRequestContext

    private func router(_ verifier: ClientCertificateVerifier, _ log: HookLog) -> Router<Context> {
        let middleware = ClientCertificateAuthMiddleware<Context>(
            verifier: verifier,
            onAuthenticated: log.onAuthenticated,
            onRejected: log.onRejected,
            authorize: allowOU(["Services"])
        )
        let router = Router(context: Context.self)
        router.group("private").add(middleware: middleware).get("/whoami") { _, context in
            context.clientCertificate?.subject.commonName ?? "nobody"
        }
        return router
    }

    @Test(
        "In TLS 1.2 and 1.3 good, expired, untrusted and missing certificates are told apart, with the handshake's facts"
    )
    func toldApart() async throws {
        let certificates = try TestCertificates()
        let log = HookLog()
        let verifier = try ClientCertificateVerifier(anchors: [certificates.certificate("ca")])
        let server = try HTTPServerBuilder.mutualTLS(certificates.server(), verifier: verifier)
        let cases: [(name: String?, status: Int, line: String)] = [
            ("good", 200, "ok svc-good /private/whoami"),
            ("expired", 401, "socket_not_authorized svc-expired CERT_HAS_EXPIRED"),
            ("foreign", 401, "socket_not_authorized svc-foreign UNABLE_TO_GET_ISSUER_CERT_LOCALLY"),
            (nil, 401, "socket_not_authorized - -"),
        ]
        let clients = try cases.flatMap { item in
            try [TLSVersion.tlsv12, .tlsv13].map { version in
                var tls = try certificates.client(item.name)
                tls.minimumTLSVersion = version
                tls.maximumTLSVersion = version
                return (tls, version == .tlsv12 ? "TLSv1.2" : "TLSv1.3", item.status, item.line)
            }
        }
        try await withApplication(router(verifier, log), server: server) { port in
            for (tls, version, status, line) in clients {
                let answer = try await HTTPClient.get("/private/whoami", port: port, tls: tls)
                #expect(answer.status == status, "\(line) \(version)")
                let call = try #require(await log.nextCall())
                #expect(call.text == line)
                #expect(call.request.tlsProtocol == version)
                #expect(call.request.serverName == "localhost")
                #expect(call.request.resumed == false)
                let prefix = version == "TLSv1.3" ? "TLS_AES_" : "TLS_ECDHE_ECDSA_WITH_"
                #expect(call.request.cipher?.hasPrefix(prefix) == true, "\(call.request.cipher ?? "none")")
            }
        }
    }

    @Test("A resumed session carries the same certificate, and is judged anew", arguments: ["-tls1_2", "-tls1_3"])
    func resumedSession(version: String) async throws {
        let certificates = try TestCertificates()
        let log = HookLog()
        let anchors = [try certificates.certificate("ca")]
        let good = try certificates.certificate("good")
        // The second time nobody is trusted any more: a session must not outlive the trust it began with.
        let trusted = Mutex(try ChainVerifier(anchors: anchors))
        let nobody = try ChainVerifier(anchors: [certificates.certificate("foreign-ca")])
        let verifier = ClientCertificateVerifier(current: { trusted.withLock { $0 } }, verdictLifetimeMilliseconds: 0)
        let server = try HTTPServerBuilder.mutualTLS(certificates.server(), verifier: verifier)
        let folder = certificates.folder
        let client = [version, "-cert", "\(folder)/good.pem", "-key", "\(folder)/good.key"]
        try await withApplication(router(verifier, log), server: server) { port in
            let session = "\(folder)/session\(version)"
            let first = try await OpenSSLClient.get(port: port, folder: folder, client + ["-sess_out", session])
            #expect(!first.isResumed && first.text.contains("svc-good"))
            #expect(await log.nextCall()?.request.resumed == false)

            let second = try await OpenSSLClient.get(port: port, folder: folder, client + ["-sess_in", session])
            #expect(second.isResumed && second.text.contains("svc-good"), "\(second.text.suffix(600))")
            let call = try #require(await log.nextCall())
            #expect(call.text == "ok svc-good /private/whoami" && call.certificate == good)
            #expect(call.request.resumed == true)

            trusted.withLock { $0 = nobody }
            let third = try await OpenSSLClient.get(port: port, folder: folder, client + ["-sess_in", session])
            #expect(third.text.contains("HTTP/1.1 401"))
            let refused = try #require(await log.nextCall())
            #expect(refused.text == "socket_not_authorized svc-good SELF_SIGNED_CERT_IN_CHAIN")
        }
    }
}
