import AuditEvents
import CertCore
import Glibc
import Testing

@Suite("The example server", .serialized)
struct ExampleTests {
    /// A port of loopback that was free a moment ago.
    static func freePort() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(descriptor, address, size) == 0 ? getsockname(descriptor, address, &size) : -1
            }
        }
        try #require(result == 0)
        return Int(UInt16(bigEndian: address.sin_port))
    }

    @Test("It lets its team in, turns others away, and tells the collector all about both")
    func decidesAndReports() async throws {
        let certificates = try TestCertificates()
        let collector = try await FakeCollector()
        let reporter = AuditReporter(configuration: .init(socketPath: collector.path, service: "example"))
        let port = try Self.freePort()
        let application = try exampleApplication(
            tls: certificates.server(),
            authorities: [certificates.certificate("ca")],
            reporter: reporter,
            port: port
        )
        let good = try certificates.client("good")
        let expired = try certificates.client("expired")
        try await running(application) {
            let accepted = try await HTTPClient.get("/whoami", port: port, tls: good, patience: .seconds(20))
            #expect(accepted.status == 200 && accepted.body == "svc-good")
            let first = try #require(await collector.next())
            #expect(first.contains(#""event":"authenticated""#) && first.contains(#""service":"example""#))
            #expect(first.contains(#""servername":"localhost""#) && first.contains(#""resumed":false"#))
            #expect(first.contains(#""cipher":"TLS_"#) && first.contains(#""protocol":"TLSv1.3""#))

            let refused = try await HTTPClient.get("/whoami", port: port, tls: expired, patience: .seconds(20))
            #expect(refused.status == 401)
            let second = try #require(await collector.next())
            #expect(second.contains(#""event":"rejected""#) && second.contains("CERT_HAS_EXPIRED"))
        }
        reporter.close(timeout: .seconds(5))
        try await collector.close()
    }
}
