import AuditEvents
import CertCore

// What an event's certificate is known to be.
extension CertificateRegistry {
    /// The kinds of texts in the cache, after those of ``CertificateView/Form``.
    enum TextKind {
        static let sha256: Int32 = 10
        static let sha1: Int32 = 11
        static let names: Int32 = 12
    }

    mutating func find(_ event: ScannedEvent, _ lookups: Lookups) throws(StoreError) -> Resolution {
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

    mutating func findClaimed(_ event: ScannedEvent, _ lookups: Lookups) throws(StoreError) -> Resolution {
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
    mutating func cached(
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

    mutating func known(id: Int64, _ lookups: Lookups) throws(StoreError) -> KnownCertificate? {
        if let certificate = byID.value(id) { return certificate }
        guard let certificate = try lookups.certificate(id: id) else { return nil }
        byID.insert(id, certificate)
        return certificate
    }

    mutating func known(identity: [UInt8], _ lookups: Lookups) throws(StoreError) -> KnownCertificate? {
        if let id = byIdentity.value(identity) { return try known(id: id, lookups) }
        guard !byIdentity.isComplete else { return nil }
        guard let certificate = try lookups.certificate(identity: identity) else { return nil }
        byIdentity.insert(identity, certificate.id)
        byID.insert(certificate.id, certificate)
        return certificate
    }

    mutating func known(sha1: [UInt8], _ lookups: Lookups) throws(StoreError) -> KnownCertificate? {
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

    mutating func remember(_ certificate: KnownCertificate, as identity: [UInt8]) {
        byID.insert(certificate.id, certificate)
        byIdentity.insert(identity, certificate.id)
    }
}
