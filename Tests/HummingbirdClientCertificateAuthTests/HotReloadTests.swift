import AuditEvents
import CertCore
import Foundation
import Hummingbird
import HummingbirdClientCertificateAuth
import HummingbirdCore
import NIOSSL
import Synchronization
import Testing

@Suite("Files that change while the server runs", .serialized)
struct HotReloadTests {
    /// Writes a file as careful programs do: whole, under its name at one stroke.
    private static func write(_ text: String, to path: String) throws {
        try text.write(toFile: path, atomically: true, encoding: .utf8)
    }

    @Test("A policy and a CA take effect with the next request; a broken file changes nothing and is told")
    func reloads() async throws {
        let certificates = try TestCertificates()
        let folder = certificates.folder
        let (trustPath, policyPath) = ("\(folder)/trust.pem", "\(folder)/policy.json")
        try Self.write(try certificates.pem("ca"), to: trustPath)
        try Self.write(#"{"allowCN":["svc-good"]}"#, to: policyPath)
        let trust = try Reloading { files in
            try ChainVerifier(anchors: ClientCertificate.bundle(file: trustPath, reading: &files))
        }
        let changes = Mutex<[String]>([])
        let policy = try Reloading(policyFile: policyPath)
        let verifier = ClientCertificateVerifier(current: trust.source(lookingEvery: 0), verdictLifetimeMilliseconds: 0)
        let router = Router(context: BasicClientCertificateRequestContext.self)
        router.add(
            middleware: ClientCertificateAuthMiddleware(
                verifier: verifier,
                authorize: policy.callback(lookingEvery: 0) { change in
                    if case .kept = change { changes.withLock { $0.append("kept") } }
                    if case .replaced = change { changes.withLock { $0.append("replaced") } }
                }
            )
        )
        router.get("/x") { _, _ in "in" }
        let tls = try certificates.client("good")
        let foreign = try certificates.pem("foreign-ca")
        let own = try certificates.pem("ca")
        let server = try HTTPServerBuilder.mutualTLS(certificates.server(), verifier: verifier)
        try await withApplication(router, server: server) { port in
            func status() async throws -> Int { try await HTTPClient.get("/x", port: port, tls: tls).status }
            #expect(try await status() == 200)
            try Self.write(#"{"allowCN":["svc-other"]}"#, to: policyPath)
            #expect(try await status() == 401)
            try Self.write(#"{"allowCN":"#, to: policyPath)
            #expect(try await status() == 401)
            try Self.write(#"{"allowOU":["Services"]}"#, to: policyPath)
            #expect(try await status() == 200)
            #expect(changes.withLock { $0 } == ["replaced", "kept", "replaced"])

            try Self.write(foreign, to: trustPath)
            #expect(try await status() == 401)
            try Self.write("no certificates", to: trustPath)
            #expect(try await status() == 401)
            try Self.write(own, to: trustPath)
            #expect(try await status() == 200)
        }
    }
}
