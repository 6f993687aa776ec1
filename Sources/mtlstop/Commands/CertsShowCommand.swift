import ArgumentParser
import AuditStore
import CertCore
import SafeText

/// `mtlstop certs show`: one certificate in full.
struct CertsShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show one certificate: from the database by its fingerprint, from a file, or from standard input.",
        discussion: """
            EXAMPLES:
              mtlstop certs show 9f3a17c2
              mtlstop certs show client.pem --format json
              openssl s_client -connect host:443 </dev/null | mtlstop certs show -
            """
    )

    /// How a certificate is printed.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text
        case json
        case pem
    }

    @Argument(help: "The first digits of a fingerprint, a PEM or DER file, or - for standard input.")
    var certificate: String

    @OptionGroup var place: PlaceOptions

    @Option(help: "text, json or pem.")
    var format: Format = .text

    func run() async throws {
        let clock = try Clock(environment: .current())
        let subject = try CertificateFinder(places: place.places).find(certificate)
        var output = StandardOutput()
        switch format {
        case .pem: try printPEM(subject, &output)
        case .json:
            var writer = JSONWriter(capacity: 4096)
            CertificateDocument(subject: subject, now: clock.now).writeJSON(to: &writer)
            writer.newline()
            try output.write(writer.bytes)
        case .text:
            for line in CertificateDocument(subject: subject, now: clock.now).lines { try output.line(line) }
        }
        try output.flush()
    }

    private func printPEM(_ subject: CertificateSubject, _ output: inout StandardOutput) throws {
        guard let certificate = subject.certificate else {
            throw Failure(
                .inputNotFound,
                what: self.certificate,
                why: "the certificate itself was never reported, only its names and fingerprint",
                remedy: "give the file"
            )
        }
        try output.write(certificate.pem.utf8)
        for issuer in certificate.issuers { try output.write(issuer.pem.utf8) }
    }
}
