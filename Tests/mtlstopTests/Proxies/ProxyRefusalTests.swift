import CertCore
import Testing

/// A proxy that is told to let everybody through, as its configuration describes in a comment: the application must refuse.
@Suite("Behind a lenient proxy the application refuses, with the right reason", .enabled(if: Proxy.programs != nil))
struct ProxyRefusalTests {
    private static let lenient: [Proxy: [String: String]] = [
        .nginx: ["ssl_verify_client on;": "ssl_verify_client optional_no_ca;"],
        .haproxy: ["http-request deny deny_status 401 unless has_certificate verifies": ""],
        .apache: ["Require expr \"%{SSL_CLIENT_VERIFY} == 'SUCCESS'\"": "Require all granted"],
        .envoy: ["require_client_certificate: true": "require_client_certificate: false"],
        .traefik: ["RequireAndVerifyClientCert": "VerifyClientCertIfGiven"],
        .caddy: ["mode require_and_verify": "mode verify_if_given"],
    ]

    private func lab(_ proxy: Proxy) throws -> ProxyLab {
        let lab = try ProxyLab(proxy, changing: try #require(Self.lenient[proxy]))
        try lab.start()
        return lab
    }

    @Test("No certificate", arguments: Proxy.allCases)
    func missing(_ proxy: Proxy) throws {
        let lab = try lab(proxy)
        // Proxies with a verdict header say NONE or 0 there; the others send no certificate header.
        let hasVerdict = [.nginx, .haproxy, .apache].contains(proxy)
        let reason = hasVerdict ? RejectionReason.verificationHeaderMismatch : .headerMissingOrMalformed
        let forgery = proxy.forgery(of: try lab.certificate("good")).map { "\($0.name): \($0.value)" }
        for (number, headers) in [[], forgery].enumerated() {
            let answer = try lab.get("/none/\(number)", as: nil, headers: headers)
            #expect(answer.status == 401)
            #expect(answer.body == reason.rawValue)
            #expect(lab.application.requests(for: "/none/\(number)").count == 1)
        }
    }

    @Test("A certificate of another CA", arguments: [Proxy.nginx, .haproxy, .apache])
    func foreign(_ proxy: Proxy) throws {
        let lab = try lab(proxy)
        for version in ["1.2", "1.3"] {
            let answer = try lab.get("/foreign", as: "foreign", options: ["--tls-max", version])
            #expect(answer.status == 401)
            #expect(answer.body == RejectionReason.verificationHeaderMismatch.rawValue)
        }
    }

    @Test("An expired certificate, which HAProxy lets through to be logged")
    func expired() throws {
        let lab = try lab(.haproxy)
        let answer = try lab.get("/expired", as: "expired")
        #expect(answer.status == 401)
        #expect(answer.body == RejectionReason.verificationHeaderMismatch.rawValue)
        let request = try #require(lab.application.requests(for: "/expired").first)
        #expect(request.headers["x-ssl-client-verify"] == ["10"], "X509_V_ERR_CERT_HAS_EXPIRED")
        #expect(request.headers["x-ssl-client-used"] == ["1"])
    }
}
