import CertCore
import GRDB

/// Reads heads and makes proofs within one snapshot.
struct LedgerReading {
    private let snapshot: Snapshot
    private var db: Database { snapshot.db }

    init(_ snapshot: Snapshot) {
        self.snapshot = snapshot
    }

    /// The newest checkpoint and how far the ledger goes.
    func head() throws -> LedgerHead? {
        guard let first = try Row.fetchOne(db, sql: "SELECT first_event FROM ledger_segment ORDER BY number LIMIT 1"),
            let last = try Row.fetchOne(
                db,
                sql: "SELECT first_event + events - 1 FROM ledger_segment ORDER BY number DESC LIMIT 1"
            )
        else { return nil }
        let sealed = try Row.fetchOne(
            db,
            sql: """
                SELECT number + 1, first_event + events - 1 FROM ledger_segment WHERE head IS NOT NULL
                ORDER BY number DESC LIMIT 1
                """
        )
        let size = try sealed?.required(0) ?? 0
        let firstEvent = try first.required(0)
        return LedgerHead(
            firstEvent: firstEvent,
            lastSealedEvent: try sealed?.required(1) ?? firstEvent - 1,
            lastEvent: try last.required(0),
            segments: size,
            root: MerkleTree.root(try heads(size)),
            checkpoint: try note(nil)
        )
    }

    /// The proofs of the segments of a range.
    func proofs(for range: ClosedRange<Int64>, limit: Int) throws -> [SegmentProof] {
        guard let size = try note(nil)?.claim.size, size > 0 else { return [] }
        let from = """
            FROM ledger_segment WHERE events > 0 AND first_event <= \(range.upperBound)
            AND first_event + events > \(range.lowerBound) AND number < \(size)
            """
        let half = max(1, limit / 2)
        let sql = """
            SELECT * FROM (SELECT number, body \(from) ORDER BY number LIMIT \(half)) UNION
            SELECT * FROM (SELECT number, body \(from) ORDER BY number DESC LIMIT \(half)) ORDER BY 1
            """
        let heads = try heads(size)
        return try Row.fetchAll(db, sql: sql).compactMap { row in
            guard let number = row.integer(0), let body = row.bytes(1).flatMap({ SegmentBody($0) }),
                number < Int64(heads.count)
            else { return nil }
            return SegmentProof(body: body, path: MerkleProof.inclusion(of: Int(number), in: heads[...]))
        }
    }

    /// The proof of one event.
    func eventProof(_ id: Int64, path: String) throws -> EventProof {
        func missing(_ why: String) -> StoreError { StoreError(.notFound, path: path, message: why) }
        guard let note = try note(nil), let segment = try proofs(for: id...id, limit: 2).first else {
            throw missing("event \(id) is in no segment that a checkpoint covers (wait a minute, or see verify)")
        }
        let ids = segment.body.eventIDs
        let (leaves, target) = try leaves(ids, id)
        guard let target else { throw missing("event \(id) is not there") }
        let certificate = try Row.fetchOne(
            db,
            sql: "SELECT c.der FROM event e JOIN cert c ON c.id = e.cert WHERE e.id = ?",
            arguments: [id]
        )
        let index = Int(id - ids.lowerBound)
        let proof = EventProof(
            checkpoint: note,
            segment: segment,
            record: target.record,
            path: MerkleProof.inclusion(of: index, in: leaves[...]),
            context: target.context,
            verdict: target.verdict,
            certificate: certificate?.bytes(0)
        )
        if let problem = proof.problem(keys: []) {
            throw StoreError(.corrupt, path: path, message: "event \(id) cannot be proved: \(problem)")
        }
        return proof
    }

    /// The proof between two checkpoints.
    func consistencyProof(from old: Int64, to new: Int64, path: String) throws -> ConsistencyProof {
        guard old <= new, let first = try note(old), let second = try note(new) else {
            let message = "there are no checkpoints over \(old) and \(new) segments"
            throw StoreError(.notFound, path: path, message: message)
        }
        let heads = try heads(new)
        return ConsistencyProof(
            old: first,
            new: second,
            path: MerkleProof.consistency(from: Int(old), in: heads[...])
        )
    }

    /// The checkpoint over so many segments, or the newest.
    private func note(_ size: Int64?) throws -> CheckpointNote? {
        let row = try Row.fetchOne(
            db,
            sql: "SELECT note FROM checkpoint WHERE size = ifnull(?, size) ORDER BY size DESC LIMIT 1",
            arguments: [size]
        )
        return row?.text(0).flatMap { CheckpointNote($0) }
    }

    private func heads(_ size: Int64) throws -> [SHA256Digest] {
        let rows = try Row.fetchCursor(
            db,
            sql: "SELECT head FROM ledger_segment WHERE number < ? AND head IS NOT NULL ORDER BY number",
            arguments: [size]
        )
        var heads: [SHA256Digest] = []
        while let row = try rows.next() {
            guard let head = row.bytes(0).flatMap({ SHA256Digest(bytes: $0) }) else {
                throw UnexpectedValue(column: "ledger_segment.head")
            }
            heads.append(head)
        }
        return heads
    }

    private struct Target {
        var record: [UInt8]
        var context: [UInt8]
        var verdict: [UInt8]
    }

    /// The leaf hashes of a segment, and the records of one of its events.
    private func leaves(_ ids: Range<Int64>, _ id: Int64) throws -> ([SHA256Digest], Target?) {
        let records = try StoredRecords(db)
        let rows = try PreparedStatement(
            db,
            "SELECT \(StoredRecords.eventColumns) FROM event WHERE id >= ? AND id < ? ORDER BY id"
        )
        rows.bind(1, ids.lowerBound)
        rows.bind(2, ids.upperBound)
        var leaves: [SHA256Digest] = []
        var target: Target?
        while try rows.next() {
            leaves.append(try records.event(rows) ?? .zero)
            guard rows.integer(0) == id else { continue }
            let record = records.record.bytes
            // Empty caches: each question fills the buffer with the record it is about.
            let fresh = try StoredRecords(db)
            _ = try fresh.context(rows.integer(8))
            let context = fresh.record.bytes
            _ = try fresh.verdict(rows.integer(7))
            target = Target(record: record, context: context, verdict: fresh.record.bytes)
        }
        return (leaves, target)
    }
}
