import CertCore
import SafeText
import Testing

@Suite("Findings about certificates")
struct CertificateFindingTests {
    private let time = Timestamp(rfc3339: "2026-09-01T00:00:00Z") ?? Timestamp(milliseconds: 0)

    private func ids(_ certificate: ClientCertificate) -> [String] {
        certificate.findings(at: time).map { String($0.id.prefix(3)) }
    }

    @Test(
        "Each fault is found in the certificate made for it",
        arguments: [
            ("eku-server-only", "C01"), ("no-eku", "C02"), ("eku-any-and-own", "C03"), ("eku-any-and-own", "C04"),
            ("ca", "C07"), ("version-1", "C08"), ("dates-day-padded", "C11"), ("dates-inverted", "C11"),
            ("dates-bad", "C11"),
            ("dates-1950-9999", "C13"), ("dates-leap-day", "C12"), ("rsa-1024", "C15"), ("rsa-2048", "C15"),
            ("rsa-exponent-3", "C16"),
            ("ec-secp256k1", "C18"), ("serial-zero", "C22"), ("serial-negative", "C22"), ("serial-40-octets", "C23"),
            ("no-eku", "C28"), ("san-quoting", "C29"), ("san-ip-lengths", "C29"), ("subject-hostile", "C30"),
            ("san-quoting", "C30"), ("repeated-attributes", "C33"), ("subject-hostile", "C36"),
            ("ca-self-signed", "C46"),
        ]
    )
    func finds(name: String, id: String) throws {
        #expect(ids(try Fixtures.certificate(name)).contains(id))
    }

    @Test("Findings depend on the moment where they must")
    func moments() throws {
        #expect(ids(try Fixtures.chain("expired")).contains("C09"))
        #expect(ids(try Fixtures.chain("not-yet-valid")).contains("C10"))
        #expect(ids(try Fixtures.chain("no-digital-signature")).contains("C05"))
    }

    @Test("An ordinary certificate has nothing worse than remarks, and the gravest come first")
    func order() throws {
        #expect(try Fixtures.chain("good").findings(at: time).allSatisfy { $0.severity == .info })
        let severities = try Fixtures.certificate("subject-hostile").findings(at: time).map(\.severity)
        #expect(severities == severities.sorted(by: >))
    }

    @Test("Messages show nothing raw")
    func messagesAreSafe() throws {
        for finding in try Fixtures.certificate("subject-hostile").findings(at: time) {
            #expect(!finding.message.string.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x202e })
        }
    }
}
