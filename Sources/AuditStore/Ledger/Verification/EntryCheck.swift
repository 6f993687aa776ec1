import CertCore
import GRDB

/// Compares the rows that may change with the last entry about each: certificates, issuers, producers of sessions.
struct EntryCheck {
    private let snapshot: Snapshot
    private var record = LedgerRecord()
    private(set) var findings: [LedgerFinding] = []

    init(_ snapshot: Snapshot) {
        self.snapshot = snapshot
    }

    /// Checks every such row.
    mutating func run() throws {
        try checkCertificates()
        try checkDeletions()
        try checkIssuers()
        try checkTwins()
        try checkProducers()
    }

    private mutating func checkCertificates() throws {
        let uncovered = try Row.fetchOne(
            snapshot.db,
            sql: "SELECT value FROM meta WHERE key = 'ledger_certificates'"
        )?.integer(0)
        let statement = try PreparedStatement(
            snapshot.db,
            """
            SELECT cert.id, identity, sha256, sha1, cn, subject, issuer, serial, not_before, not_after, san, der,
            identity_key, (SELECT digest FROM ledger_entry WHERE subject = cert.id AND kind IN (1, 2)
            ORDER BY ledger_entry.id DESC LIMIT 1) FROM cert ORDER BY cert.id
            """
        )
        while try statement.next() {
            let row = CertificateRow(statement)
            if row.id & 0xFFF == 0 { try snapshot.checkpoint() }
            guard let noted = statement.blob(13) else {
                if row.id > (uncovered ?? 0) { try find(.certificate, row.id, "certificate \(row.id) was added") }
                continue
            }
            if record.certificate(row).bytes != noted {
                try find(.certificate, row.id, "certificate \(row.id) was changed")
            }
        }
    }

    private mutating func checkDeletions() throws {
        let row = try Row.fetchOne(
            snapshot.db,
            sql: """
                SELECT subject FROM ledger_entry WHERE kind IN (1, 2)
                AND NOT EXISTS (SELECT 1 FROM cert WHERE cert.id = ledger_entry.subject) LIMIT 1
                """
        )
        if let id = row?.integer(0) { try find(.certificate, id, "certificate \(id) was removed") }
    }

    private mutating func checkIssuers() throws {
        let rows = try Row.fetchCursor(
            snapshot.db,
            sql: """
                SELECT i.cert, i.position, i.issuer_cert, e.digest FROM ledger_entry e
                LEFT JOIN cert_issuer i ON i.cert = e.subject AND i.position = e.detail WHERE e.kind = 3
                """
        )
        var noted: Int64 = 0
        while let row = try rows.next() {
            noted += 1
            guard let certificate = row.integer(0), let position = row.integer(1), let issuer = row.integer(2) else {
                findings.append(LedgerFinding(.certificate, "an issuer that came along with a certificate was removed"))
                continue
            }
            let digest = record.issuer(certificate: certificate, position: position, issuer: issuer)
            if digest.bytes != row.bytes(3) {
                try find(.certificate, certificate, "an issuer of certificate \(certificate) was changed")
            }
        }
        let stored = try Int64.fetchOne(
            snapshot.db,
            sql: """
                SELECT count(*) FROM cert_issuer WHERE EXISTS (SELECT 1 FROM ledger_entry e
                WHERE e.subject = cert_issuer.cert AND e.kind IN (1, 2, 3))
                """
        )
        if let stored, stored > noted, noted > 0 {
            findings.append(LedgerFinding(.certificate, "an issuer was added to a certificate"))
        }
    }

    private mutating func checkTwins() throws {
        let rows = try Row.fetchCursor(
            snapshot.db,
            sql: """
                SELECT e.subject, e.detail, e.digest, c.same_as FROM ledger_entry e
                LEFT JOIN cert c ON c.id = e.subject WHERE e.kind = 4
                """
        )
        while let row = try rows.next() {
            guard let id = row.integer(0), let other = row.integer(1) else { continue }
            if row.integer(3) != other || record.same(certificate: id, as: other).bytes != row.bytes(2) {
                try find(.certificate, id, "certificate \(id) is said to be another one")
            }
        }
        let row = try Row.fetchOne(
            snapshot.db,
            sql: """
                SELECT id FROM cert WHERE same_as IS NOT NULL
                AND id > (SELECT value FROM meta WHERE key = 'ledger_certificates')
                AND NOT EXISTS (SELECT 1 FROM ledger_entry e WHERE e.subject = cert.id AND e.kind = 4) LIMIT 1
                """
        )
        if let id = row?.integer(0) { try find(.certificate, id, "certificate \(id) is said to be another one") }
    }

    private mutating func checkProducers() throws {
        let rows = try Row.fetchCursor(
            snapshot.db,
            sql: """
                SELECT e.id, e.subject, e.digest, p.uid, p.uuid FROM ledger_entry e LEFT JOIN session s
                ON s.id = e.subject LEFT JOIN producer p ON p.id = s.producer WHERE e.kind = 5
                AND e.id = (SELECT max(id) FROM ledger_entry n WHERE n.subject = e.subject AND n.kind = 5)
                """
        )
        while let row = try rows.next() {
            let session = try row.required(1)
            let digest = record.producer(session: session, uid: row.integer(3) ?? -1, uuid: row.text(4) ?? "")
            if digest.bytes != row.bytes(2) {
                let segment = try self.segment(ofEntry: try row.required(0))
                let words = "the producer of session \(session) was changed"
                findings.append(LedgerFinding(.entry, segment: segment, words))
            }
        }
    }

    /// A finding about a certificate, in the segment that has the last entry about it.
    private mutating func find(_ kind: LedgerFinding.Kind, _ certificate: Int64, _ detail: String) throws {
        guard findings.count < 1_000 else { return }
        let entry = try Row.fetchOne(
            snapshot.db,
            sql: "SELECT max(id) FROM ledger_entry WHERE subject = ? AND kind BETWEEN 1 AND 4",
            arguments: [certificate]
        )
        var segment: Int64?
        if let entry = entry?.integer(0) { segment = try self.segment(ofEntry: entry) }
        findings.append(LedgerFinding(kind, segment: segment, detail))
    }

    /// The number of the segment that holds an entry.
    private func segment(ofEntry id: Int64) throws -> Int64? {
        let rows = try Row.fetchCursor(snapshot.db, sql: "SELECT number, body FROM ledger_segment ORDER BY number")
        while let row = try rows.next() {
            let bytes = row.bytes(1) ?? []
            let ids =
                SegmentBody(bytes)?.ids(.entries)
                ?? RunningSegment(bytes).map { $0.trees[.entries].first..<$0.trees[.entries].next }
            if ids?.contains(id) == true { return row.integer(0) }
        }
        return nil
    }
}

extension CertificateRow {
    /// A certificate out of a row of the columns that ``EntryCheck`` asks for.
    fileprivate init(_ row: PreparedStatement) {
        self.init(id: row.integer(0), identity: row.blob(1) ?? [])
        sha256 = row.blob(2)
        sha1 = row.blob(3)
        commonName = row.text(4)
        subject = row.text(5)
        issuer = row.text(6)
        serial = row.text(7)
        notBefore = row.optionalInteger(8)
        notAfter = row.optionalInteger(9)
        alternativeNames = row.text(10)
        der = row.blob(11)
        identityKey = row.text(12)
    }
}
