import CertCore
import Hummingbird
import HummingbirdClientCertificateAuth
import HummingbirdCore
import HummingbirdHTTP2
import NIOSSL
import Synchronization
import Testing

@Suite("Mutual TLS with HTTP/2", .serialized)
struct MutualHTTP2Tests {
    private typealias Context = BasicClientCertificateRequestContext

    private func router(
        _ verifier: ClientCertificateVerifier,
        _ log: HookLog,
        authorize: @escaping AuthorizationCallback = allowOU(["Services"])
    ) -> Router<Context> {
        let middleware = ClientCertificateAuthMiddleware<Context>(
            verifier: verifier,
            onAuthenticated: log.onAuthenticated,
            onRejected: log.onRejected,
            authorize: authorize
        )
        let router = Router(context: Context.self)
        router.group("private").add(middleware: middleware).get("/whoami") { _, context in
            context.clientCertificate?.subject.commonName ?? "nobody"
        }
        return router
    }

    @Test(
        "In TLS 1.2 and 1.3 good, expired, untrusted and missing certificates are told apart, with the handshake's facts",
        arguments: ["1.2", "1.3"]
    )
    func toldApart(version: String) async throws {
        let certificates = try TestCertificates()
        let log = HookLog()
        let verifier = try ClientCertificateVerifier(anchors: [certificates.certificate("ca")])
        let server = try HTTPServerBuilder.mutualTLS(certificates.server(), verifier: verifier, http2: .init())
        let cases: [(name: String?, answer: String, line: String)] = [
            ("good", "2 200 1 svc-good", "ok svc-good /private/whoami"),
            ("expired", "2 401 1", "socket_not_authorized svc-expired CERT_HAS_EXPIRED"),
            ("foreign", "2 401 1", "socket_not_authorized svc-foreign UNABLE_TO_GET_ISSUER_CERT_LOCALLY"),
            (nil, "2 401 1", "socket_not_authorized - -"),
        ]
        try await withApplication(router(verifier, log), server: server) { port in
            for (name, answer, line) in cases {
                let lines = try await CurlClient.get(
                    port: port,
                    certificates: certificates,
                    as: name,
                    common: ["--http2", "--tlsv\(version)", "--tls-max", version]
                )
                #expect(lines.count == 1 && lines.first?.hasPrefix(answer) == true, "\(lines) \(line)")
                let call = try #require(await log.nextCall())
                #expect(call.text == line)
                #expect(call.request.tlsProtocol == "TLSv\(version)")
                #expect(call.request.serverName == "localhost")
                #expect(call.request.resumed == false)
                #expect(call.request.cipher?.hasPrefix("TLS_") == true)
                #expect(call.request.remoteAddress == "127.0.0.1" && (call.request.port ?? 0) > 0)
            }
        }
    }

    @Test("A client that speaks only HTTP/1.1 is served by the same server, and judged in the same way")
    func olderProtocol() async throws {
        let certificates = try TestCertificates()
        let log = HookLog()
        let verifier = try ClientCertificateVerifier(anchors: [certificates.certificate("ca")])
        let server = try HTTPServerBuilder.mutualTLS(certificates.server(), verifier: verifier, http2: .init())
        try await withApplication(router(verifier, log), server: server) { port in
            let lines = try await CurlClient.get(
                port: port,
                certificates: certificates,
                as: "good",
                common: ["--http1.1"]
            )
            #expect(lines == ["1.1 200 1 svc-good"])
            #expect(await log.next() == "ok svc-good /private/whoami")
            // Without any ALPN in the handshake.
            let refused = try await HTTPClient.get(
                "/private/whoami",
                port: port,
                tls: certificates.client("expired")
            )
            #expect(refused.status == 401)
            #expect(await log.next() == "socket_not_authorized svc-expired CERT_HAS_EXPIRED")
        }
    }

    @Test("Streams of one connection show the same certificate, and each is judged by itself")
    func manyStreams() async throws {
        let certificates = try TestCertificates()
        let log = HookLog()
        let trusted = Mutex(try ChainVerifier(anchors: [certificates.certificate("ca")]))
        let nobody = try ChainVerifier(anchors: [certificates.certificate("foreign-ca")])
        let verifier = ClientCertificateVerifier(current: { trusted.withLock { $0 } }, verdictLifetimeMilliseconds: 0)
        let server = try HTTPServerBuilder.mutualTLS(certificates.server(), verifier: verifier, http2: .init())
        let count = Mutex(0)
        let router = router(verifier, log) { _, _ in
            // After the second request nobody is trusted any more.
            let isLast = count.withLock { count in
                count += 1
                return count == 2
            }
            if isLast { trusted.withLock { $0 = nobody } }
            return true
        }
        try await withApplication(router, server: server) { port in
            let lines = try await CurlClient.get(
                port: port,
                certificates: certificates,
                as: "good",
                common: ["--http2"],
                groups: [[], [], []]
            )
            #expect(lines.count == 3)
            #expect(lines.prefix(2) == ["2 200 1 svc-good", "2 200 0 svc-good"])
            #expect(lines.last?.hasPrefix("2 401 0") == true, "\(lines)")
            let calls = [await log.nextCall(), await log.nextCall(), await log.nextCall()].compactMap { $0 }
            #expect(Set(calls.map(\.request.port)).count == 1)
            #expect(calls.last?.text == "socket_not_authorized svc-good SELF_SIGNED_CERT_IN_CHAIN")
        }
    }

    @Test("A resumed session carries the same certificate, and is judged anew", arguments: ["1.2", "1.3"])
    func resumedSession(version: String) async throws {
        let certificates = try TestCertificates()
        let good = try certificates.certificate("good")
        let log = HookLog()
        let trusted = Mutex(try ChainVerifier(anchors: [certificates.certificate("ca")]))
        let nobody = try ChainVerifier(anchors: [certificates.certificate("foreign-ca")])
        let verifier = ClientCertificateVerifier(current: { trusted.withLock { $0 } }, verdictLifetimeMilliseconds: 0)
        let server = try HTTPServerBuilder.mutualTLS(certificates.server(), verifier: verifier, http2: .init())
        let router = router(verifier, log) { _, request in
            // A session must not outlive the trust it began with.
            if request.resumed == true { trusted.withLock { $0 = nobody } }
            return true
        }
        try await withApplication(router, server: server) { port in
            let lines = try await CurlClient.get(
                port: port,
                certificates: certificates,
                as: "good",
                common: ["--http2", "--tlsv\(version)", "--tls-max", version],
                groups: (1...3).map { ["--interface", "127.0.0.\($0)"] }
            )
            #expect(lines.count == 3)
            #expect(lines.prefix(2) == ["2 200 1 svc-good", "2 200 1 svc-good"])
            #expect(lines.last?.hasPrefix("2 401 1") == true, "\(lines)")
            let first = try #require(await log.nextCall())
            #expect(first.request.resumed == false && first.certificate == good)
            let second = try #require(await log.nextCall())
            #expect(second.request.resumed == true && second.certificate == good)
            let third = try #require(await log.nextCall())
            #expect(third.request.resumed == true)
            #expect(third.text == "socket_not_authorized svc-good SELF_SIGNED_CERT_IN_CHAIN")
        }
    }

    @Test("Over a Unix socket the certificate is there too, in both protocols")
    func unixSocket() async throws {
        let certificates = try TestCertificates()
        let log = HookLog()
        let verifier = try ClientCertificateVerifier(anchors: [certificates.certificate("ca")])
        let server = try HTTPServerBuilder.mutualTLS(certificates.server(), verifier: verifier, http2: .init())
        let path = "\(certificates.folder)/https.sock"
        let address = BindAddress.unixDomainSocket(path: path)
        try await withApplication(router(verifier, log), server: server, address: address) { _ in
            for (option, version) in [("--http2", "2"), ("--http1.1", "1.1")] {
                let lines = try await CurlClient.get(
                    port: 443,
                    certificates: certificates,
                    as: "good",
                    common: [option, "--unix-socket", path]
                )
                #expect(lines == ["\(version) 200 1 svc-good"], "\(lines)")
                #expect(await log.next() == "ok svc-good /private/whoami")
            }
        }
    }

    @Test("Without a verifier NIOSSL decides in the handshake: untrusted clients get no answer")
    func withoutVerifier() async throws {
        let certificates = try TestCertificates()
        let log = HookLog()
        var tls = try certificates.server()
        tls.certificateVerification = .noHostnameVerification
        let middleware = ClientCertificateAuthMiddleware<Context>(
            onAuthenticated: log.onAuthenticated,
            onRejected: log.onRejected,
            authorize: allowOU(["Services"])
        )
        let router = Router(context: Context.self)
        router.group("private").add(middleware: middleware).get("/whoami") { _, context in
            context.clientCertificate?.subject.commonName ?? "nobody"
        }
        let server = try HTTPServerBuilder.mutualTLS(tls, http2: .init())
        try await withApplication(router, server: server) { port in
            for (name, answer) in [("good", "2 200 1 svc-good"), ("expired", "0 000 1"), ("foreign", "0 000 1")] {
                let lines = try await CurlClient.get(port: port, certificates: certificates, as: name)
                #expect(lines.count == 1 && lines.first?.hasPrefix(answer) == true, "\(lines)")
            }
        }
    }

    @Test("A server whose key does not fit its certificate is refused before it starts")
    func wrongKey() throws {
        let certificates = try TestCertificates()
        var tls = try certificates.server()
        tls.privateKey = .privateKey(
            try NIOSSLPrivateKey(file: "\(certificates.folder)/good.key", format: .pem)
        )
        #expect(throws: NIOSSLError.self) { try HTTPServerBuilder.mutualTLS(tls, http2: .init()) }
        #expect(throws: NIOSSLError.self) { try HTTPServerBuilder.mutualTLS(tls) }
    }
}
