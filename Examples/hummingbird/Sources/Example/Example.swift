import AuditEvents
import CertCore
import NIOSSL

/// Usage: Example FOLDER, with ca.pem, server.pem and server.key in it (integrations/node/make-certificates.sh makes them).
@main
struct Example {
    static func main() async throws {
        let folder = CommandLine.arguments.dropFirst().first ?? "."
        let authorities = try NIOSSLCertificate.fromPEMFile("\(folder)/ca.pem")
        let reporter = AuditReporter(configuration: .init(socketPath: "/run/mtlstop/ingest.sock", service: "example"))
        let tls = TLSConfiguration.makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMFile("\(folder)/server.pem").map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(file: "\(folder)/server.key", format: .pem))
        )
        let application = try exampleApplication(
            tls: tls,
            authorities: authorities.map { try ClientCertificate(der: $0.toDERBytes()) },
            reporter: reporter,
            port: 8443
        )
        try await application.run()
        reporter.close(timeout: .seconds(5))
    }
}
