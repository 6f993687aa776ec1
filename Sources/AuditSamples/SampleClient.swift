import CertCore

/// One client of the sample traffic: its certificate as a claim, where it calls from and what it calls.
struct SampleClient: Sendable {
    /// The member `cert` of its events, rendered once.
    let certificate: [UInt8]
    let addresses: [String]
    let paths: [String]
    let service: String
    /// Rejections of this client are for this reason.
    let rejection: SampleRejection

    private static let families = [
        "svc-billing", "svc-orders", "svc-search", "iot-gw", "ci-runner", "partner", "batch",
    ]
    private static let issuers = ["corp-int-1", "corp-int-2", "iot-ca-3", "ci-ca", "acme-ca"]
    private static let services = ["checkout", "billing", "telemetry", "search", "gateway"]

    init(number: Int, start: Timestamp, _ generator: inout SampleGenerator) {
        let family = generator.index(below: Self.families.count)
        let name = "\(Self.families[family])-\(number)"
        let lifetime = [90, 365, 47, 30][generator.index(below: 4)]
        let age = generator.index(below: lifetime)
        let notBefore = start.advanced(byMilliseconds: -Int64(age) * 86_400_000)
        let claim = SampleClaim(
            name: name,
            issuer: Self.issuers[generator.index(below: Self.issuers.count)],
            serial: generator.next(),
            fingerprint: (0..<4).map { _ in generator.next() },
            notBefore: notBefore,
            notAfter: notBefore.advanced(byMilliseconds: Int64(lifetime) * 86_400_000)
        )
        certificate = claim.json
        addresses = (0...generator.index(below: 4)).map { _ in
            "10.\(generator.index(below: 16)).\(generator.index(below: 256)).\(1 + generator.index(below: 254))"
        }
        paths = (0..<8).map { _ in "/v1/\(Self.families[family])/\(generator.index(below: 500))" }
        service = Self.services[generator.index(below: Self.services.count)]
        rejection = SampleRejection.all[generator.index(below: SampleRejection.all.count)]
    }
}

/// A reason that sample rejections have.
struct SampleRejection: Sendable {
    let reason: String
    let authorizationError: String?

    static let all: [SampleRejection] = [
        SampleRejection(reason: "callback_returned_false", authorizationError: nil),
        SampleRejection(reason: "socket_not_authorized", authorizationError: "CERT_HAS_EXPIRED"),
        SampleRejection(reason: "socket_not_authorized", authorizationError: "UNABLE_TO_VERIFY_LEAF_SIGNATURE"),
        SampleRejection(reason: "socket_not_authorized", authorizationError: "CERT_REVOKED"),
        SampleRejection(reason: "tenant 42 is suspended", authorizationError: nil),
    ]

    /// The reason of requests that came without a certificate.
    static let anonymous = SampleRejection(reason: "header_missing_or_malformed", authorizationError: nil)
}
