import CertCore

/// What numbers of the log stand for, as far as it was looked up; shared by the snapshots of one long reading.
///
/// Interned names, contexts and verdicts never change; certificates may (their DER can arrive later), so a new
/// snapshot forgets those. Each table is emptied when it is full: memory is bounded, correctness is not at stake.
final class EventNames {
    /// A certificate and the event it was first seen with.
    struct KnownCertificate {
        var summary: CertificateSummary
        var firstEvent: Int64?
    }

    /// The most entries of each table: 100,000 names of 50 bytes are about 12 MB.
    private static let mostNames = 100_000
    private static let mostTuples = 20_000
    private static let mostCertificates = 10_000

    private(set) var texts: [Int64: String] = [:]
    private(set) var contexts: [Int64: EventContext] = [:]
    private(set) var verdicts: [Int64: EventAssembler.Verdict] = [:]
    private(set) var reporters: [Int64: Reporter] = [:]
    private(set) var certificates: [Int64: KnownCertificate] = [:]

    func keep(_ text: String?, _ id: Int64) {
        if texts.count >= Self.mostNames { texts.removeAll(keepingCapacity: true) }
        texts[id] = text
    }

    func keep(_ context: EventContext, _ id: Int64) {
        if contexts.count >= Self.mostTuples { contexts.removeAll(keepingCapacity: true) }
        contexts[id] = context
    }

    func keep(_ verdict: EventAssembler.Verdict, _ id: Int64) {
        if verdicts.count >= Self.mostTuples { verdicts.removeAll(keepingCapacity: true) }
        verdicts[id] = verdict
    }

    func keep(_ reporter: Reporter, _ id: Int64) {
        if reporters.count >= Self.mostTuples { reporters.removeAll(keepingCapacity: true) }
        reporters[id] = reporter
    }

    func keep(_ certificate: KnownCertificate, _ id: Int64) {
        if certificates.count >= Self.mostCertificates { certificates.removeAll(keepingCapacity: true) }
        certificates[id] = certificate
    }

    /// Forgets what another snapshot may see differently.
    func forgetCertificates() {
        certificates.removeAll(keepingCapacity: true)
    }
}

/// What the events of one connection and service share.
final class EventContext: Sendable {
    let service: String?
    let source: String?
    let method: String?
    let host: String?
    let userAgent: String?
    let tlsProtocol: String?
    let cipher: String?
    let serverName: String?
    let resumed: Bool?
    let reporter: Reporter

    init(
        service: String? = nil,
        source: String? = nil,
        method: String? = nil,
        host: String? = nil,
        userAgent: String? = nil,
        tlsProtocol: String? = nil,
        cipher: String? = nil,
        serverName: String? = nil,
        resumed: Bool? = nil,
        reporter: Reporter
    ) {
        self.service = service
        self.source = source
        self.method = method
        self.host = host
        self.userAgent = userAgent
        self.tlsProtocol = tlsProtocol
        self.cipher = cipher
        self.serverName = serverName
        self.resumed = resumed
        self.reporter = reporter
    }
}
