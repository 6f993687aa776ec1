import CertCore
import Testing

/// Each proxy for real, on the configuration a user deploys: what the application behind it learns about the client.
@Suite("Real proxies forward the certificate of the handshake and nothing else", .enabled(if: Proxy.programs != nil))
struct ProxyAuthenticationTests {
    @Test("The certificate arrives equal to the one presented", arguments: Proxy.allCases)
    func arrives(_ proxy: Proxy) throws {
        let lab = try ProxyLab(proxy)
        try lab.start()
        let good = try lab.certificate("good")
        #expect(try lab.get("/", as: "good").body == good.sha256.hex)
        #expect(try lab.get("/", as: "good", options: ["--tls-max", "1.2"]).body == good.sha256.hex)
        #expect(try lab.get("/", as: "good", options: ["--http2"]).body == good.sha256.hex)
        #expect(try lab.get("/", as: "admin").body == lab.certificate("admin").sha256.hex)
        #expect(good.sha256 != (try lab.certificate("admin")).sha256)
        #expect(lab.application.requests(for: "/").map(\.result.source) == Array(repeating: proxy.rawValue, count: 4))
    }

    @Test("It arrives on each request of a connection, and when the session is resumed", arguments: Proxy.allCases)
    func again(_ proxy: Proxy) throws {
        let lab = try ProxyLab(proxy)
        try lab.start()
        let good = try lab.certificate("good")
        for version in ["1.2", "1.3"] {
            for headers in [[], ["Connection: close"]] {
                let target = "/\(version)/\(headers.count)"
                _ = try lab.get("\(target)?[1-3]", as: "good", headers: headers, options: ["--tls-max", version])
                let found = (1...3).flatMap { lab.application.requests(for: "\(target)?\($0)") }
                #expect(found.map(\.result.certificate) == [good, good, good], "\(target)")
            }
        }
    }

    @Test("A forged header never wins", arguments: Proxy.allCases)
    func forged(_ proxy: Proxy) throws {
        let lab = try ProxyLab(proxy)
        try lab.start()
        let (good, admin) = (try lab.certificate("good"), try lab.certificate("admin"))
        let plain = proxy.forgery(of: admin).map { "\($0.name): \($0.value)" }
        let lowercase = proxy.forgery(of: admin).map { "\($0.name.lowercased()): \($0.value)" }
        for (number, headers) in [plain, lowercase, plain + plain, plain + lowercase].enumerated() {
            for version in ["--http1.1", "--http2"] {
                let answer = try lab.get("/plain/\(number)", as: "good", headers: headers, options: [version])
                #expect(answer.status == 200)
                #expect(answer.body == good.sha256.hex, "variant \(number), \(version)")
            }
        }
    }

    @Test("A forged header that is spelt otherwise never wins", arguments: Proxy.allCases)
    func forgedOtherwise(_ proxy: Proxy) throws {
        let lab = try ProxyLab(proxy)
        try lab.start()
        let (good, admin) = (try lab.certificate("good"), try lab.certificate("admin"))
        let forgery = proxy.forgery(of: admin)
        var variants = [
            forgery.map { "\($0.name.replacing("-", with: "_")): \($0.value)" },
            forgery.map { "\($0.name.replacing("X-", with: "X_")): \($0.value)" },
            forgery.map { "\($0.name.replacing("-Client-", with: "_Client-")): \($0.value)" },
            // Hop-by-hop removal: a client that names our headers in Connection must not make the proxy drop them.
            ["Connection: close, " + forgery.map(\.name).joined(separator: ", ")],
        ]
        variants.append(variants[0] + forgery.map { "\($0.name): \($0.value)" })
        for (number, headers) in variants.enumerated() {
            _ = try lab.get("/odd/\(number)", as: "good", headers: headers)
            // The proxy may refuse the request, or the application; nobody may take it for another client's.
            let identities = lab.application.requests(for: "/odd/\(number)").compactMap(\.result.certificate)
            #expect(identities.allSatisfy { $0 == good }, "variant \(number)")
        }
        let reached = variants.indices.flatMap { lab.application.requests(for: "/odd/\($0)") }
        #expect(reached.allSatisfy { $0.result.success || $0.result.reason != nil })
    }

    @Test("Without a certificate, or with a bad one, a forged header opens nothing", arguments: Proxy.allCases)
    func strangers(_ proxy: Proxy) throws {
        let lab = try ProxyLab(proxy)
        try lab.start()
        let forgery = proxy.forgery(of: try lab.certificate("good")).map { "\($0.name): \($0.value)" }
        for client in [nil, "expired", "foreign"] {
            for headers in [[], forgery] {
                for version in ["1.2", "1.3"] {
                    let answer = try lab.get("/secret", as: client, headers: headers, options: ["--tls-max", version])
                    #expect([0, 400, 401, 403].contains(answer.status), "\(client ?? "nobody"), TLS \(version)")
                }
            }
        }
        #expect(lab.application.requests(for: "/secret").isEmpty, "the proxy itself refuses all of them")
    }
}
