/// All clients of the demonstration, with their certificates.
struct ClientCast: Sendable {
    let infrastructure: DemoInfrastructure
    private(set) var clients: [DemoClient] = []
    /// What the server's revocation list holds.
    private(set) var revoked: [DemoCertificate] = []

    /// The applications that authenticate clients.
    static let services = ["billing", "orders", "telemetry"]

    /// The common name that the policy refuses, and the one on which it throws.
    static let deniedName = "partner-acme"
    static let tenantlessName = "partner-globex"
    /// What the policy throws then.
    static let tenantMessage = "tenant 4711 is not known"

    static let day = CertificateSpec.day
    static let hour = 3600

    /// Makes every key and certificate anew.
    init() throws {
        infrastructure = try DemoInfrastructure()
        try addGoodClients()
        try addExpiringClients()
        try addUntimelyClients()
        try addClientsOfOtherAuthorities()
        try addClientsWithUnfitCertificates()
        try addClientsThatPolicyStops()
        try addHostileClients()
    }

    /// Puts the newest client's certificate on the revocation list.
    mutating func revokeNewest() {
        if let leaf = clients.last?.identity?.leaf { revoked.append(leaf) }
    }

    /// Adds a client whose certificate our authority issued.
    mutating func add(
        _ kind: ClientKind,
        _ spec: CertificateSpec,
        _ verdict: Verdict,
        host: UInt8,
        service: Int = 0,
        key: DemoKey.Kind = .p256,
        weight: Int = 2,
        name: String? = nil,
        requests: String...
    ) throws {
        let authority = infrastructure.intermediate
        let identity = try authority.issue(spec, key: key, chain: [authority.certificate])
        let label = name ?? spec.subject.last?.value ?? kind.rawValue
        add(kind, identity, verdict, host: host, service: service, weight: weight, name: label, requests: requests)
    }

    /// Adds a client; each request is a method and a path, the method is that of the first one.
    mutating func add(
        _ kind: ClientKind,
        _ identity: DemoIdentity?,
        _ verdict: Verdict,
        host: UInt8,
        service: Int = 0,
        weight: Int = 2,
        name: String,
        requests: [String]
    ) {
        let parts = requests.map { $0.split(separator: " ", maxSplits: 1).map(String.init) }
        let client = DemoClient(
            name: name,
            kind: kind,
            identity: identity,
            verdict: verdict,
            host: host,
            service: Self.services[service],
            method: parts.first?.first ?? "GET",
            paths: parts.compactMap(\.last),
            userAgent: "demo-client/1.0",
            weight: weight
        )
        clients.append(client)
    }

    static func workload(_ name: String, unit: String = "Platform") -> CertificateSpec {
        CertificateSpec(commonName: name, unit: unit).with {
            $0.names = [.dns(name + ".prod.demo.test"), .uri("spiffe://demo.test/ns/prod/sa/" + name)]
        }
    }
}
