import CertCore
import Synchronization
import Testing

@testable import mtlstop

/// Real handshakes with every client of the demonstration, in this process.
@Suite("The demonstration's handshakes")
struct HandshakeTests {
    private final class Log: Sendable {
        let requests = Mutex<[LoopbackAddress: ServedRequest]>([:])
    }

    /// Calls with each client in turn and returns what the server saw of it.
    private func callAll(_ plan: CallPlan, rounds: Int = 1) throws -> [(DemoClient, CallResult, ServedRequest)] {
        let cast = try ClientCast()
        let log = Log()
        let server = try DemoServer(context: .server(cast)) { request in
            log.requests.withLock { $0[request.peer] = request }
            return request.verifyResult == 0 ? 200 : 401
        }
        defer { server.stop() }
        let caller = DemoCaller(context: try .client(cast), port: server.port)
        var seen: [(DemoClient, CallResult, ServedRequest)] = []
        for _ in 0..<rounds {
            seen = try cast.clients.map { client in
                let result = try caller.call(client, plan)
                return (client, result, try #require(log.requests.withLock { $0[result.from] }))
            }
        }
        return seen
    }

    private func expectedCode(_ client: DemoClient) -> Int32 {
        // libssl reports no error for a client without a certificate; the application has to notice.
        guard client.identity != nil, case .untrusted(let code) = client.verdict else { return 0 }
        return code
    }

    @Test("Every kind of client yields exactly its OpenSSL error, in both TLS versions", arguments: [true, false])
    func errors(isNewest: Bool) throws {
        let version: CallPlan.Version = isNewest ? .tls13 : .tls12
        let seen = try callAll(CallPlan(version: version))
        #expect(Set(seen.map(\.0.kind)) == Set(ClientKind.allCases))
        for (client, result, request) in seen {
            #expect(request.verifyResult == expectedCode(client), "\(client.name)")
            #expect(request.protocolVersion == (isNewest ? "TLSv1.3" : "TLSv1.2"))
            #expect(result.status == (request.verifyResult == 0 ? 200 : 401))
            #expect(!request.isResumed)
        }
    }

    @Test("The server sees the client's own chain, address, path and server name")
    func observations() throws {
        for (client, result, request) in try callAll(CallPlan()) {
            let sent = client.identity.map { [$0.leaf.der] + $0.chain.map(\.der) } ?? []
            #expect(request.chain == sent, "\(client.name)")
            #expect(request.peer.ip == "127.0.0.\(client.host)")
            #expect(request.peer == result.from)
            #expect(request.head.method == client.method)
            #expect(request.head.target == client.paths.first)
            #expect(request.serverName == client.service + ".demo.test")
            #expect(request.head.host == request.serverName)
            #expect(request.head.userAgent == client.userAgent)
        }
    }

    @Test(
        "A resumed session carries the judgement and server name of its full handshake, and only the leaf",
        arguments: [true, false]
    )
    func resumption(isNewest: Bool) throws {
        let plan = CallPlan(version: isNewest ? .tls13 : .tls12, mayResume: true)
        for (client, result, request) in try callAll(plan, rounds: 2) {
            #expect(result.isResumed && request.isResumed, "\(client.name)")
            #expect(request.serverName == client.service + ".demo.test")
            #expect(request.verifyResult == expectedCode(client), "\(client.name)")
            #expect(request.chain == (client.identity.map { [$0.leaf.der] } ?? []))
        }
    }

    @Test("The codes of the table belong to the rejection class that the kind is named for")
    func classes() throws {
        let expected: [ClientKind: RejectionClass] = [
            .expired: .expired, .expiredIntermediate: .expired, .notYetValid: .notYetValid,
            .wrongAuthority: .unknownIssuer, .missingIntermediate: .unknownIssuer, .selfSigned: .selfSigned,
            .revoked: .revoked, .wrongPurpose: .badPurpose, .weakKey: .weak,
        ]
        for client in try ClientCast().clients {
            guard let wanted = expected[client.kind], case .untrusted(let code) = client.verdict else { continue }
            #expect(VerificationCode(rawValue: code).rejectionClass == wanted, "\(client.name)")
        }
    }

    @Test("A connection that breaks off before its request is counted and the next one is served")
    func brokenConnection() throws {
        let cast = try ClientCast()
        let server = try DemoServer(context: .server(cast)) { _ in 200 }
        do {
            _ = try LoopbackSocket.connected(fromHost: 5, toPort: server.port)
        }
        let client = try #require(cast.clients.first)
        let result = try DemoCaller(context: .client(cast), port: server.port).call(client, CallPlan())
        #expect(result.status == 200)
        server.stop()
        #expect(server.brokenConnections == 1)
    }
}
