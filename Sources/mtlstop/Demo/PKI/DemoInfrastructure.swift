import COpenSSL

/// The authorities of the demonstration, made in memory at its start.
struct DemoInfrastructure: Sendable {
    let root: DemoAuthority
    let intermediate: DemoAuthority
    /// Issued by the same root, but its own time is over.
    let expiredIntermediate: DemoAuthority
    let foreign: DemoAuthority
    let server: DemoIdentity

    private static let day = CertificateSpec.day

    init() throws {
        // Keeps OpenSSL from tearing itself down in `exit` while a thread still shakes hands.
        OPENSSL_init_crypto(UInt64(OPENSSL_INIT_NO_ATEXIT), nil)
        root = try DemoAuthority(root: Self.authority("Example Root CA", days: -2000, 1650, depth: nil), key: .p384)
        intermediate = try DemoAuthority(Self.authority("Example Clients CA 2", days: -400, 700, depth: 0), below: root)
        expiredIntermediate = try DemoAuthority(
            Self.authority("Example Clients CA 1", days: -1500, -5, depth: 0),
            below: root
        )
        let foreigner = CertificateSpec(commonName: "Contoso Root CA", organization: "Contoso Ltd")
        foreign = try DemoAuthority(root: Self.authority(foreigner, days: -900, 2700, depth: nil))
        let names = ClientCast.services.map { CertificateSpec.AlternativeName.dns(Self.hostName(of: $0)) }
        let spec = CertificateSpec(commonName: "demo server").with {
            $0.names = names
            $0.role = .server
        }
        server = try intermediate.issue(spec, chain: [intermediate.certificate])
    }

    /// The host name of an application, as the client asks for it in the handshake.
    static func hostName(of service: String) -> String { service + ".demo.test" }

    private static func authority(_ name: String, days from: Int, _ until: Int, depth: Int?) -> CertificateSpec {
        authority(CertificateSpec(commonName: name), days: from, until, depth: depth)
    }

    private static func authority(
        _ spec: CertificateSpec,
        days from: Int,
        _ until: Int,
        depth: Int?
    ) -> CertificateSpec {
        spec.with {
            $0.role = .authority(pathLength: depth)
            $0.validFrom = from * day
            $0.validUntil = until * day
        }
    }
}
