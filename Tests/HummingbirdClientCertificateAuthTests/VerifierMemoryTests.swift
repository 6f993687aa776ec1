import CertCore
import Foundation
import NIOCore
import NIOPosix
import NIOSSL
import Testing

@testable import HummingbirdClientCertificateAuth

@Suite("What a verifier remembers of clients")
struct VerifierMemoryTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("fixtures/chains").path
    private let time = Timestamp(rfc3339: "2026-09-01T00:00:00Z") ?? .now()

    private func certificates(_ names: String...) throws -> [NIOSSLCertificate] {
        try names.flatMap { try NIOSSLCertificate.fromPEMFile("\(Self.folder)/\($0).pem") }
    }

    private func verifier() throws -> ClientCertificateVerifier {
        let root = try certificates("root").map { try ClientCertificate(der: $0.toDERBytes()) }
        return try ClientCertificateVerifier(anchors: root)
    }

    /// What NIOSSL does when a client's certificates have come, before the client proves that it holds the key.
    private func send(_ certificates: [NIOSSLCertificate], to verifier: ClientCertificateVerifier) async throws {
        let promise = MultiThreadedEventLoopGroup.singleton.next().makePromise(of: NIOSSLVerificationResult.self)
        verifier.verificationCallback(certificates, promise)
        _ = try await promise.futureResult.get()
    }

    @Test(
        "Whoever sends another's certificate with junk beside it takes nothing from its owner",
        arguments: [true, false]
    )
    func junk(comesFirst: Bool) async throws {
        let verifier = try verifier()
        let own = try certificates("good-under-intermediate")
        let leaf = try own[0].toDERBytes()
        let junk = try certificates(
            "stranger-root",
            "twin-root",
            "client-ca",
            "listless-root",
            "self-signed",
            "unknown-issuer",
            "weak-key",
            "good",
            "expired",
            "root"
        )
        for chain in comesFirst ? [[own[0]] + junk, own] : [own, [own[0]] + junk] {
            try await send(chain, to: verifier)
        }
        let identity = verifier.identity(of: leaf, at: time)
        #expect(identity.authorized && identity.chain.count == 2, "\(identity.authorizationError ?? "-")")
        #expect(identity.chain.last?.subject.commonName == "Issuing CA")
    }

    @Test("Only what stands above a certificate by signature is reported as its chain")
    func chain() async throws {
        let verifier = try verifier()
        let sent = try certificates("good-under-intermediate", "root", "stranger-root", "root")
        try await send(sent, to: verifier)
        let names = verifier.identity(of: try sent[0].toDERBytes(), at: time).chain.map { $0.subject.commonName }
        #expect(names == ["svc-a", "Issuing CA", "Root"])
    }

    @Test("A session that goes on when its beginning was forgotten is judged with CAs that were trusted before")
    func forgotten() async throws {
        let verifier = try verifier()
        let first = try certificates("good-under-intermediate")
        let other = try certificates("intermediate-missing")[0].toDERBytes()
        let before = verifier.identity(of: other, at: time)
        #expect(!before.authorized && before.authorizationError == "UNABLE_TO_GET_ISSUER_CERT_LOCALLY")
        try await send(first, to: verifier)
        #expect(verifier.identity(of: try first[0].toDERBytes(), at: time).authorized)
        // The same CA issued both; nothing was ever sent beside the other.
        #expect(verifier.identity(of: other, at: time.advanced(byMilliseconds: 20_000)).authorized)
    }

    @Test("A CA that was not trusted is not learned from")
    func untrusted() async throws {
        let verifier = try verifier()
        let foreign = try certificates("self-signed-in-chain")
        try await send(foreign, to: verifier)
        #expect(!verifier.identity(of: try foreign[0].toDERBytes(), at: time).authorized)
        let leaf = try certificates("unknown-issuer")[0].toDERBytes()
        let identity = verifier.identity(of: leaf, at: time)
        #expect(identity.authorizationError == "UNABLE_TO_GET_ISSUER_CERT_LOCALLY")
    }
}
