import CertCore

// The records of rows beside the events.
extension LedgerRecord {
    /// The leaf hash of an interned text.
    mutating func name(id: Int64, kind: Int64, bytes: UnsafeRawBufferPointer) -> SHA256Digest {
        begin(.name)
        append(id)
        append(kind)
        append(text: bytes)
        return leaf
    }

    /// The leaf hash of a loss.
    mutating func loss(id: Int64, _ row: PendingLoss) -> SHA256Digest {
        begin(.loss)
        append(id)
        append(row.time)
        append(optional: row.session)
        append(optional: row.producer)
        append(text: row.kind.rawValue)
        append(row.count)
        append(optional: row.firstSequence)
        append(optional: row.lastSequence)
        append(optional: row.since)
        append(text: row.detail)
        return leaf
    }

    /// The leaf hash of a refused line.
    mutating func badLine(id: Int64, _ row: PendingBadLine) -> SHA256Digest {
        begin(.badLine)
        append(id)
        append(row.time)
        append(optional: row.session)
        append(optional: row.producer)
        append(optional: row.sequence)
        append(optional: row.line)
        append(text: row.code)
        append(optional: row.column)
        append(row.length)
        append(blob: row.head)
        return leaf
    }

    /// The digest of a certificate's row.
    mutating func certificate(_ row: CertificateRow) -> SHA256Digest {
        begin(.certificate)
        append(row.id)
        append(blob: row.identity)
        append(blob: row.sha256)
        append(blob: row.sha1)
        for text in [row.commonName, row.subject, row.issuer, row.serial] { append(text: text) }
        append(optional: row.notBefore)
        append(optional: row.notAfter)
        append(text: row.alternativeNames)
        append(blob: row.der)
        append(text: row.identityKey)
        return digest
    }

    /// The digest of a link to an issuer that came along.
    mutating func issuer(certificate: Int64, position: Int64, issuer: Int64) -> SHA256Digest {
        begin(.issuer)
        append(certificate)
        append(position)
        append(issuer)
        return digest
    }

    /// The digest of the finding that two rows are one certificate.
    mutating func same(certificate: Int64, as other: Int64) -> SHA256Digest {
        begin(.sameCertificate)
        append(certificate)
        append(other)
        return digest
    }

    /// The digest of which producer spoke on a session.
    mutating func producer(session: Int64, uid: Int64, uuid: String) -> SHA256Digest {
        begin(.producer)
        append(session)
        append(uid)
        append(text: uuid)
        return digest
    }

    /// The leaf hash of an entry.
    mutating func entry(id: Int64, _ entry: LedgerEntry) -> SHA256Digest {
        begin(.entry)
        append(id)
        append(UInt8(entry.kind.rawValue))
        append(entry.subject)
        append(entry.detail)
        append(entry.digest)
        return leaf
    }
}

/// A note in the ledger about a row that may change, or about a deed: the `ledger_entry` rows.
struct LedgerEntry: Hashable, Sendable {
    /// What was done; the numbers are stored and never change.
    enum Kind: Int64, Sendable {
        /// A certificate's row was made.
        case certificate = 1
        /// A certificate's DER came; `detail` is 1 when it was known by a claimed SHA-1 until then.
        case completed = 2
        /// An issuer came along; `detail` is its position.
        case issuer = 3
        /// Two rows are one certificate; `detail` is the other row.
        case same = 4
        /// A session's producer; `detail` is the producer's row.
        case producer = 5
        /// Events were removed; the subject is the `prune` row.
        case prune = 6
    }

    var kind: Kind
    /// The id of the row it is about.
    var subject: Int64
    var detail: Int64 = 0
    /// The digest of the row's record.
    var digest: SHA256Digest
}
