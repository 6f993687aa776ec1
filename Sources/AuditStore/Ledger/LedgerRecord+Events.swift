import CertCore

/// The integers of an event's record.
struct EventFacts {
    var id: Int64
    var time: Int64
    var received: Int64
    var outcome: UInt8
    /// -1 for absent.
    var port: Int32
    var marks: Int64
}

// What an event says, with every name resolved: an edited text or certificate changes the records that use it.
extension LedgerRecord {
    /// An event without its texts: numbers 33 bytes, three digests with a kind 97, two lengths 8.
    private static let eventSize = 138

    /// The leaf hash of an event.
    @inline(__always)
    mutating func event(
        _ facts: EventFacts,
        context: SHA256Digest,
        verdict: SHA256Digest,
        certificate: CertificateReference,
        ip: UnsafeRawBufferPointer?,
        path: UnsafeRawBufferPointer?
    ) -> SHA256Digest {
        compose(.event, atMost: Self.eventSize + (ip?.count ?? 0) + (path?.count ?? 0)) { record in
            record.put(facts.id)
            record.put(facts.time)
            record.put(facts.received)
            record.put(facts.port)
            record.put(UInt32(truncatingIfNeeded: facts.marks))
            record.put(facts.outcome)
            record.put(context)
            record.put(verdict)
            record.put(certificate.kind.rawValue)
            certificate.withUnsafeBytes { record.put(raw: $0) }
            record.put(text: ip)
            record.put(text: path)
        }
        return leaf
    }

    /// The digest of what many events of a connection share; the texts are service, source, method, host, user agent,
    /// TLS version, cipher and server name.
    mutating func context(
        session: Int64,
        peer: PeerCredentials,
        authorized: Int8,
        resumed: Int8,
        texts: [UnsafeRawBufferPointer?]
    ) -> SHA256Digest {
        begin(session, peer, authorized, resumed)
        for text in texts { append(text: text) }
        return digest
    }

    /// The digest of a stored context.
    mutating func context(
        session: Int64,
        peer: PeerCredentials,
        authorized: Int8,
        resumed: Int8,
        texts: [StoredText]
    ) -> SHA256Digest {
        begin(session, peer, authorized, resumed)
        for text in texts { text.withBytes { append(text: $0) } }
        return digest
    }

    private mutating func begin(_ session: Int64, _ peer: PeerCredentials, _ authorized: Int8, _ resumed: Int8) {
        begin(.context)
        append(session)
        append(peer.pid)
        append(peer.uid)
        append(peer.gid)
        append(UInt8(bitPattern: authorized))
        append(UInt8(bitPattern: resumed))
    }

    /// The digest of an outcome and all that was found out about it.
    mutating func verdict(
        _ key: VerdictKey,
        reason: UnsafeRawBufferPointer?,
        authorizationError: UnsafeRawBufferPointer?
    ) -> SHA256Digest {
        begin(.verdict)
        append(UInt8(truncatingIfNeeded: key.outcome))
        append(UInt8(truncatingIfNeeded: key.rejectionClass))
        append(Int32(truncatingIfNeeded: key.code))
        append(UInt8(truncatingIfNeeded: key.verified))
        append(text: reason)
        append(text: authorizationError)
        return digest
    }

    /// Appends the kind of a reference and its bytes.
    @inline(__always)
    mutating func append(_ reference: CertificateReference) {
        append(reference.kind.rawValue)
        reference.withUnsafeBytes { append(raw: $0) }
    }
}
