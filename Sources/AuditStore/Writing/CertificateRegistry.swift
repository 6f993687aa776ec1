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
    private static let wantedLimit = 64

    /// What was made of an event's certificate.
    struct Resolution {
        /// What is known of it; nil when the event has none that can be stored.
        var certificate: KnownCertificate?
        /// Why it is stored without.
        var problem: LineError.Code?
    }

    /// Texts as they came: the index of `known`, or a negative problem.
    private var texts = NameCache(limits: NameCache.Limits(count: 65_536, bytes: 32 << 20), maximumProbes: 16)
    private var byIdentity: GenerationCache<[UInt8], Int64>
    private var byID = GenerationCache<Int64, KnownCertificate>(limit: 65_536)
    private var changes: [CertificateChange] = []
    private var wanted: [[UInt8]] = []
    private var nextID: Int64
    private var scratch: [UInt8] = []

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
            changes.append(.firstEvent(certificate: certificate.id, event: eventID, time: time))
            certificate.isUsed = true
            byID.insert(certificate.id, certificate)
        }
        if event.issuerCount > 0, !certificate.hasIssuers {
            try addIssuers(of: event, to: &certificate, lookups)
        }
        resolution.certificate = certificate
        return resolution
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

    /// Stores the changes that wait; within the batch's transaction.
    func write(_ statements: CertificateStatements) throws {
        for change in changes { try statements.apply(change) }
    }

    /// Forgets what is stored now, and what was not used lately.
    mutating func committed() {
        changes.removeAll(keepingCapacity: true)
        _ = texts.age()
        byIdentity.age()
        byID.age()
    }
}

extension CertificateRegistry {
    /// The kinds of texts in the cache, after those of ``CertificateView/Form``.
    private enum TextKind {
        static let sha256: Int32 = 10
        static let sha1: Int32 = 11
        static let names: Int32 = 12
    }

    private mutating func find(_ event: ScannedEvent, _ lookups: Lookups) throws(StoreError) -> Resolution {
        if let leaf = event.leaf {
            let kind = Int32(leaf.form.rawValue)
            let resolution = try cached(kind, leaf.bytes, lookups) { (registry) throws(StoreError) in
                try registry.register(view: leaf, lookups)
            }
            if resolution.certificate != nil { return resolution }
            // An unreadable certificate still has its fingerprint, when the reporter told it.
            let claimed = try findClaimed(event, lookups)
            return Resolution(certificate: claimed.certificate, problem: resolution.problem)
        }
        return try findClaimed(event, lookups)
    }

    private mutating func findClaimed(_ event: ScannedEvent, _ lookups: Lookups) throws(StoreError) -> Resolution {
        if let bytes = event.bytes(.fingerprint256) {
            return try cached(TextKind.sha256, bytes, lookups) { (registry) throws(StoreError) in
                try registry.registerSHA256(event, lookups)
            }
        }
        if let bytes = event.bytes(.fingerprint1) {
            return try cached(TextKind.sha1, bytes, lookups) { (registry) throws(StoreError) in
                try registry.registerSHA1(event, lookups)
            }
        }
        return try findByNames(event, lookups)
    }

    /// What the text of a certificate is known to be, or what `register` makes of it.
    private mutating func cached(
        _ kind: Int32,
        _ bytes: UnsafeRawBufferPointer,
        _ lookups: Lookups,
        _ register: (inout CertificateRegistry) throws(StoreError) -> Resolution
    ) throws(StoreError) -> Resolution {
        let hash = NameTable.sampledHash(kind: kind, bytes)
        if let index = texts.index(kind: kind, bytes, hash: hash) {
            let value = texts[index]
            if value < 0 { return Resolution(problem: value == -2 ? .certTooLarge : .badCert) }
            if let certificate = try known(id: value, lookups) { return Resolution(certificate: certificate) }
        }
        let resolution = try register(&self)
        if texts.index(kind: kind, bytes, hash: hash) == nil {
            let value = resolution.certificate?.id ?? (resolution.problem == .certTooLarge ? -2 : -1)
            texts.insert(kind: kind, bytes, hash: hash, value: value)
        }
        return resolution
    }

    private mutating func known(id: Int64, _ lookups: Lookups) throws(StoreError) -> KnownCertificate? {
        if let certificate = byID.value(id) { return certificate }
        guard let certificate = try lookups.certificate(id: id) else { return nil }
        byID.insert(id, certificate)
        return certificate
    }

    private mutating func known(identity: [UInt8], _ lookups: Lookups) throws(StoreError) -> KnownCertificate? {
        if let id = byIdentity.value(identity) { return try known(id: id, lookups) }
        guard !byIdentity.isComplete else { return nil }
        guard let certificate = try lookups.certificate(identity: identity) else { return nil }
        byIdentity.insert(identity, certificate.id)
        byID.insert(certificate.id, certificate)
        return certificate
    }

    private mutating func known(sha1: [UInt8], _ lookups: Lookups) throws(StoreError) -> KnownCertificate? {
        if let id = byIdentity.value(sha1) { return try known(id: id, lookups) }
        // The certificate itself goes before a row that knew nothing but this SHA-1.
        guard !byIdentity.isComplete else { return nil }
        guard let certificate = try lookups.certificate(alias: .sha1, sha1) else {
            return try known(identity: sha1, lookups)
        }
        byIdentity.insert(sha1, certificate.id)
        byID.insert(certificate.id, certificate)
        return certificate
    }

    private mutating func remember(_ certificate: KnownCertificate, as identity: [UInt8]) {
        byID.insert(certificate.id, certificate)
        byIdentity.insert(identity, certificate.id)
    }
}

extension CertificateRegistry {
    private mutating func register(view: CertificateView, _ lookups: Lookups) throws(StoreError) -> Resolution {
        var der = scratch
        scratch = []
        defer { scratch = der }
        guard view.decode(into: &der) else { return Resolution(problem: .badCert) }
        return try register(der: der, lookups)
    }

    private mutating func register(der: [UInt8], _ lookups: Lookups) throws(StoreError) -> Resolution {
        guard der.count <= Self.largestDER else { return Resolution(problem: .certTooLarge) }
        let sha256 = Fingerprint.sha256(of: der).bytes
        let existing = try known(identity: sha256, lookups)
        if let existing, existing.hasDER { return Resolution(certificate: existing) }
        guard let parsed = try? ClientCertificate(der: der) else { return Resolution(problem: .badCert) }
        return Resolution(certificate: try store(parsed, existing: existing, lookups))
    }

    /// Stores a parsed certificate: into the row that knew it by fingerprint, or a new one.
    private mutating func store(
        _ parsed: ClientCertificate,
        existing: KnownCertificate?,
        _ lookups: Lookups
    ) throws(StoreError) -> KnownCertificate {
        let sha1 = parsed.sha1.bytes
        let claimed = try known(sha1: sha1, lookups)
        // A SHA-1 that belongs to another DER stays with it: whoever made the collision came second.
        let adoptable = claimed.flatMap { $0.hasDER ? nil : $0 }
        let row = existing ?? adoptable
        let id = row?.id ?? takeID()
        var certificate = KnownCertificate(
            id: id,
            hasDER: true,
            notBefore: parsed.notBefore.milliseconds,
            notAfter: parsed.notAfter.milliseconds
        )
        certificate.isUsed = row?.isUsed ?? false
        certificate.hasIssuers = row?.hasIssuers ?? false
        let values = CertificateRow(id: id, certificate: parsed)
        changes.append(row == nil ? .insert(values) : .complete(values))
        remember(certificate, as: values.identity)
        if claimed?.hasDER != true {
            changes.append(.alias(.sha1, sha1, certificate: id))
            byIdentity.insert(sha1, id)
            if let adoptable, adoptable.id != id { changes.append(.same(certificate: adoptable.id, as: id)) }
        }
        wanted.removeAll { $0 == values.identity }
        return certificate
    }

    private mutating func registerSHA256(_ event: ScannedEvent, _ lookups: Lookups) throws(StoreError) -> Resolution {
        guard let fingerprint = event.fingerprint(.fingerprint256), fingerprint.algorithm == .sha256 else {
            return Resolution(problem: .badCert)
        }
        let certificate = try claim(fingerprint.bytes, event, existing: try known(identity: fingerprint.bytes, lookups))
        if !certificate.hasDER, wanted.count < Self.wantedLimit, !wanted.contains(fingerprint.bytes) {
            wanted.append(fingerprint.bytes)
        }
        return Resolution(certificate: certificate)
    }

    private mutating func registerSHA1(_ event: ScannedEvent, _ lookups: Lookups) throws(StoreError) -> Resolution {
        guard let fingerprint = event.fingerprint(.fingerprint1), fingerprint.algorithm == .sha1 else {
            return Resolution(problem: .badCert)
        }
        let existing = try known(sha1: fingerprint.bytes, lookups)
        return Resolution(certificate: try claim(fingerprint.bytes, event, existing: existing))
    }

    /// Names alone identify a certificate among those that were never seen otherwise, and no other.
    private mutating func findByNames(_ event: ScannedEvent, _ lookups: Lookups) throws(StoreError) -> Resolution {
        let fields: [LineField] = [.commonName, .subject, .issuer, .serial]
        guard fields.contains(where: { event.bytes($0) != nil }) else { return Resolution() }
        var key: [UInt8] = []
        for field in fields {
            let bytes = event.bytes(field)
            withUnsafeBytes(of: Int32(bytes?.count ?? -1)) { key.append(contentsOf: $0) }
            if let bytes { key.append(contentsOf: bytes) }
        }
        let known = key.withUnsafeBytes { texts.index(kind: TextKind.names, $0, hash: Self.hashNames($0)) }
        if let known, let certificate = try self.known(id: texts[known], lookups) {
            return Resolution(certificate: certificate)
        }
        let identity = [UInt8(ascii: "c")] + Fingerprint.sha256(of: key).bytes
        let certificate = try claim(identity, event, existing: try self.known(identity: identity, lookups))
        key.withUnsafeBytes {
            _ = texts.insert(kind: TextKind.names, $0, hash: Self.hashNames($0), value: certificate.id)
        }
        return Resolution(certificate: certificate)
    }

    private static func hashNames(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        NameTable.sampledHash(kind: TextKind.names, bytes)
    }

    private mutating func claim(
        _ identity: [UInt8],
        _ event: ScannedEvent,
        existing: KnownCertificate?
    ) throws(StoreError) -> KnownCertificate {
        if let existing { return existing }
        let row = CertificateRow(id: takeID(), identity: identity, claimedBy: event)
        let certificate = KnownCertificate(
            id: row.id,
            hasDER: false,
            notBefore: row.notBefore,
            notAfter: row.notAfter
        )
        changes.append(.insert(row))
        remember(certificate, as: identity)
        return certificate
    }

    private mutating func addIssuers(
        of event: ScannedEvent,
        to certificate: inout KnownCertificate,
        _ lookups: Lookups
    ) throws(StoreError) {
        var position: Int64 = 1
        for index in 0..<event.issuerCount {
            guard let view = event.issuerCertificate(index) else { break }
            // A broken link ends the chain: what follows has no known place in it.
            guard let issuer = try register(view: view, lookups).certificate else { break }
            changes.append(.issuer(certificate: certificate.id, position: position, issuer: issuer.id))
            position += 1
        }
        certificate.hasIssuers = true
        byID.insert(certificate.id, certificate)
    }

    private mutating func takeID() -> Int64 {
        defer { nextID += 1 }
        return nextID
    }
}
