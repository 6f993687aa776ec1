import AuditEvents
import CertCore
import Foundation
import Hummingbird
import HummingbirdClientCertificateAuth
import Testing

@Suite("The example of the README", .serialized)
struct ReadmeTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    private static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
    }

    private static func bare(_ text: some StringProtocol) -> String {
        String(text.filter { !$0.isWhitespace })
    }

    /// The parts of the compiled file that pages show, without white space.
    private static func compiled() throws -> [String] {
        try text("Tests/HummingbirdClientCertificateAuthTests/ReadmeExample.swift")
            .components(separatedBy: "// README begins").dropFirst()
            .compactMap { $0.components(separatedBy: "// README ends").first.map(bare) }
    }

    @Test("It is the code that is compiled here, in the README and in docs/library.md")
    func isCompiled() throws {
        let code = try #require(try Self.compiled().first)
        #expect(code.count > 300)
        for page in ["README.md", "docs/library.md"] {
            let blocks = try Self.text(page).components(separatedBy: "```swift").dropFirst()
                .compactMap { $0.components(separatedBy: "```").first.map(Self.bare) }
            #expect(blocks.contains(code), "\(page) shows other code than ReadmeExample.swift")
        }
        let lines = try Self.text("README.md").components(separatedBy: "```swift").dropFirst().first?
            .components(separatedBy: "```").first?.split(separator: "\n")
        #expect((lines?.count ?? 0) <= 10, "the README says ten lines")
        let options = try #require(try Self.compiled().last).replacing("letoptions:ExtractionOptions=", with: "")
        #expect(Self.bare(try Self.text("README.md")).contains("options:\(options)`"))
    }

    @Test("It runs: its team is let in, an expired certificate is answered with 401")
    func runs() async throws {
        let certificates = try TestCertificates()
        let collector = try await FakeCollector()
        let reporter = AuditReporter(configuration: .init(socketPath: collector.path, service: "example"))
        var application = try ReadmeExample.mutualTLS(
            tls: certificates.server(),
            authorities: [certificates.certificate("ca")],
            reporter: reporter
        )
        let port = try ExampleTests.freePort()
        application.configuration = .init(address: .hostname("127.0.0.1", port: port))
        try await running(application) {
            for (name, status, event) in [("good", 200, "authenticated"), ("expired", 401, "rejected")] {
                let tls = try certificates.client(name)
                let answer = try await HTTPClient.get("/whoami", port: port, tls: tls, patience: .seconds(20))
                #expect(answer.status == status)
                #expect(try #require(await collector.next()).contains(#""event":"\#(event)""#))
            }
        }
        reporter.close(timeout: .seconds(5))
        try await collector.close()
    }

    @Test("Behind a proxy its options name the header and the proxies")
    func behindProxy() throws {
        let range = try #require(AddressRange(parsing: "10.0.0.0/8"))
        let router = Router(context: BasicClientCertificateRequestContext.self)
        let options = try ReadmeExample.behindProxy(router: router, proxies: [range])
        #expect(options.certificateSource?.name == "nginx" && options.trustedProxies?.count == 1)
    }
}
