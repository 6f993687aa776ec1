import AuditEvents
import CertCore

/// Certificates to integers: a certificate met lately costs a comparison of its text, a new one is parsed once.
///
/// Two texts are one certificate when they are equal byte for byte or their DER has the same SHA-256; nothing weaker
/// joins them.
struct CertificateRegistry {
    /// Limits of the DER (CONTRACT: 64 KiB).
    static let largestDER = 65_536
    /// Certificates that a collector may ask for at one time.
    static let wantedLimit = 64

    /// What was made of an event's certificate.
    struct Resolution {
        /// What is known of it; nil when the event has none that can be stored.
        var certificate: KnownCertificate?
        /// Why it is stored without.
        var problem: LineError.Code?
    }

    /// Texts as they came: the index of `known`, or a negative problem.
    var texts = NameCache(limits: NameCache.Limits(count: 65_536, bytes: 32 << 20), maximumProbes: 16)
    var byIdentity: GenerationCache<[UInt8], Int64>
    var byID = GenerationCache<Int64, KnownCertificate>(limit: 65_536)
    var changes: [CertificateChange] = []
    var wanted: [[UInt8]] = []
    var nextID: Int64
    var scratch: [UInt8] = []

    /// Makes a registry for a database whose greatest certificate id is `lastID`.
    init(lastID: Int64) {
        nextID = lastID + 1
        byIdentity = GenerationCache(limit: 65_536)
        if lastID > 0 { byIdentity.markIncomplete() }
    }

    /// Whether changes wait for a commit.
    var hasPending: Bool { !changes.isEmpty }

    /// The certificate of an event, new or known, with its first use noted.
    mutating func resolve(
        _ event: ScannedEvent,
        eventID: Int64,
        time: Int64,
        _ lookups: Lookups
    ) throws(StoreError) -> Resolution {
        var resolution = try find(event, lookups)
        guard var certificate = resolution.certificate else { return resolution }
        if !certificate.isUsed {
            noteFirst(eventID, at: time, of: certificate.id)
            certificate.isUsed = true
            byID.insert(certificate.id, certificate)
        }
        if event.issuerCount > 0, !certificate.hasIssuers {
            try addIssuers(of: event, to: &certificate, lookups)
        }
        resolution.certificate = certificate
        return resolution
    }

    /// A row that was made for this very event takes its first use along: one write instead of two, and one to the index.
    private mutating func noteFirst(_ event: Int64, at time: Int64, of certificate: Int64) {
        for index in changes.indices.suffix(2) {
            guard case .insert(var row) = changes[index], row.id == certificate else { continue }
            row.firstEvent = event
            row.firstSeen = time
            changes[index] = .insert(row)
            return
        }
        changes.append(.firstEvent(certificate: certificate, event: event, time: time))
    }

    /// Stores a certificate that was asked for.
    ///
    /// - Returns: Why it cannot be stored, nil when it is.
    mutating func add(der: [UInt8], _ lookups: Lookups) throws(StoreError) -> LineError.Code? {
        try register(der: der, lookups).problem
    }

    /// The SHA-256 of certificates known by it only, each given once.
    mutating func takeWanted() -> [String] {
        defer { wanted.removeAll() }
        return wanted.compactMap { Fingerprint(bytes: $0)?.hex }
    }

    /// Takes out the changes that wait.
    mutating func takePending() -> [CertificateChange] {
        defer { changes = [] }
        return changes
    }

    /// Stores changes, and notes them in the ledger; within the batch's transaction.
    static func write(
        _ changes: [CertificateChange],
        _ statements: CertificateStatements,
        _ draft: inout LedgerDraft
    ) throws {
        for change in changes where try statements.apply(change) {
            if let entry = entry(change, &draft.record) { draft.append(entry) }
        }
    }

    /// What the ledger says about a change; nil for what can be derived from other rows.
    private static func entry(_ change: CertificateChange, _ record: inout LedgerRecord) -> LedgerEntry? {
        switch change {
        case .insert(let row):
            LedgerEntry(kind: .certificate, subject: row.id, digest: record.certificate(row))
        case .complete(let row, let wasSHA1):
            LedgerEntry(
                kind: .completed,
                subject: row.id,
                detail: wasSHA1 ? 1 : 0,
                digest: record.certificate(row)
            )
        case .issuer(let certificate, let position, let issuer):
            LedgerEntry(
                kind: .issuer,
                subject: certificate,
                detail: position,
                digest: record.issuer(certificate: certificate, position: position, issuer: issuer)
            )
        case .same(let certificate, let other):
            LedgerEntry(
                kind: .same,
                subject: certificate,
                detail: other,
                digest: record.same(certificate: certificate, as: other)
            )
        case .alias, .firstEvent: nil
        }
    }

    /// Forgets what was not used lately; called when a batch is durable.
    mutating func age() {
        _ = texts.age()
        byIdentity.age()
        byID.age()
    }
}
