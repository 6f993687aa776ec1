import AuditEvents
import CertCore

// What is made of a certificate that is not known.
extension CertificateRegistry {
    mutating func register(view: CertificateView, _ lookups: Lookups) throws(StoreError) -> Resolution {
        var der = scratch
        scratch = []
        defer { scratch = der }
        guard view.decode(into: &der) else { return Resolution(problem: .badCert) }
        var resolution = try register(der: der, lookups)
        if view.form == .pem, let certificate = resolution.certificate, !certificate.hasIssuers {
            resolution.certificate = try addIssuers(inPEM: view.bytes, to: certificate, lookups)
        }
        return resolution
    }

    mutating func register(der: [UInt8], _ lookups: Lookups) throws(StoreError) -> Resolution {
        guard der.count <= Self.largestDER else { return Resolution(problem: .certTooLarge) }
        let sha256 = Fingerprint.sha256(of: der).bytes
        let existing = try known(identity: sha256, lookups)
        if let existing, existing.hasDER { return Resolution(certificate: existing) }
        guard let parsed = try? ClientCertificate(der: der) else { return Resolution(problem: .badCert) }
        return Resolution(certificate: try store(parsed, existing: existing, lookups))
    }

    /// Stores a parsed certificate: into the row that knew it by fingerprint, or a new one.
    mutating func store(
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
        let sha256 = parsed.sha256.bytes
        var certificate = KnownCertificate(
            id: id,
            hasDER: true,
            reference: row?.reference ?? CertificateReference(identity: sha256),
            notBefore: parsed.notBefore.milliseconds,
            notAfter: parsed.notAfter.milliseconds
        )
        certificate.isUsed = row?.isUsed ?? false
        certificate.hasIssuers = row?.hasIssuers ?? false
        let values = CertificateRow(id: id, certificate: parsed)
        let wasClaim = row?.reference.kind == .claimedSHA1
        changes.append(row == nil ? .insert(values) : .complete(values, wasSHA1: wasClaim))
        remember(certificate, as: values.identity)
        if claimed?.hasDER != true {
            changes.append(.alias(.sha1, sha1, certificate: id))
            byIdentity.insert(sha1, id)
            if let adoptable, adoptable.id != id { changes.append(.same(certificate: adoptable.id, as: id)) }
        }
        wanted.removeAll { $0 == values.identity }
        return certificate
    }

    mutating func registerSHA256(_ event: ScannedEvent, _ lookups: Lookups) throws(StoreError) -> Resolution {
        guard let fingerprint = event.fingerprint(.fingerprint256), fingerprint.algorithm == .sha256 else {
            return Resolution(problem: .badCert)
        }
        let certificate = try claim(fingerprint.bytes, event, existing: try known(identity: fingerprint.bytes, lookups))
        if !certificate.hasDER, wanted.count < Self.wantedLimit, !wanted.contains(fingerprint.bytes) {
            wanted.append(fingerprint.bytes)
        }
        return Resolution(certificate: certificate)
    }

    mutating func registerSHA1(_ event: ScannedEvent, _ lookups: Lookups) throws(StoreError) -> Resolution {
        guard let fingerprint = event.fingerprint(.fingerprint1), fingerprint.algorithm == .sha1 else {
            return Resolution(problem: .badCert)
        }
        let existing = try known(sha1: fingerprint.bytes, lookups)
        return Resolution(certificate: try claim(fingerprint.bytes, event, existing: existing))
    }

    /// Names alone identify a certificate among those that were never seen otherwise, and no other.
    mutating func findByNames(_ event: ScannedEvent, _ lookups: Lookups) throws(StoreError) -> Resolution {
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

    mutating func claim(
        _ identity: [UInt8],
        _ event: ScannedEvent,
        existing: KnownCertificate?
    ) throws(StoreError) -> KnownCertificate {
        if let existing { return existing }
        let row = CertificateRow(id: takeID(), identity: identity, claimedBy: event)
        let certificate = KnownCertificate(
            id: row.id,
            hasDER: false,
            reference: CertificateReference(identity: identity),
            notBefore: row.notBefore,
            notAfter: row.notAfter
        )
        changes.append(.insert(row))
        remember(certificate, as: identity)
        return certificate
    }

    mutating func addIssuers(
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

    /// PEM text may hold the issuers behind the leaf; text that is no chain throughout has none.
    mutating func addIssuers(
        inPEM text: UnsafeRawBufferPointer,
        to certificate: KnownCertificate,
        _ lookups: Lookups
    ) throws(StoreError) -> KnownCertificate {
        let chain = (try? ClientCertificate.chain(pem: String(decoding: text, as: UTF8.self))) ?? []
        guard chain.count > 1 else { return certificate }
        for (position, issuer) in chain.enumerated().dropFirst() {
            guard let known = try register(der: issuer.der, lookups).certificate else { break }
            changes.append(.issuer(certificate: certificate.id, position: Int64(position), issuer: known.id))
        }
        var complete = certificate
        complete.hasIssuers = true
        byID.insert(complete.id, complete)
        return complete
    }

    mutating func takeID() -> Int64 {
        defer { nextID += 1 }
        return nextID
    }
}
