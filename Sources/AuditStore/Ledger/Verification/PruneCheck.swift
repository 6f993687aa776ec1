import CertCore
import GRDB

/// Checks what retention says it removed: each record is in the ledger and signed by the log's identity.
struct PruneCheck {
    private(set) var findings: [LedgerFinding] = []

    /// Checks every record; without an identity the signatures cannot be.
    mutating func run(_ snapshot: Snapshot, identity: Ed25519PublicKey?) throws {
        var record = LedgerRecord()
        let rows = try Row.fetchCursor(
            snapshot.db,
            sql: """
                SELECT \(PruneRecord.columns), signature,
                (SELECT digest FROM ledger_entry e WHERE e.kind = 6 AND e.subject = prune.id) FROM prune
                """
        )
        while let row = try rows.next() {
            guard let prune = PruneRecord(row) else {
                find("the record of a removal cannot be read")
                continue
            }
            record.fill(prune)
            let events = "events \(prune.events.lowerBound) to \(prune.events.upperBound)"
            if record.digest.bytes != row.bytes(7) {
                find("the record of the removal of \(events) is not the one in the ledger")
            } else if let identity, !identity.verifies(row.bytes(6) ?? [], of: record.bytes) {
                find("the record of the removal of \(events) is not signed by this log")
            }
        }
        let entry = try Row.fetchOne(
            snapshot.db,
            sql: """
                SELECT subject FROM ledger_entry WHERE kind = 6
                AND NOT EXISTS (SELECT 1 FROM prune WHERE prune.id = ledger_entry.subject) LIMIT 1
                """
        )
        if entry != nil { find("the record of a removal was removed itself") }
    }

    private mutating func find(_ detail: String) {
        if findings.count < 100 { findings.append(LedgerFinding(.prune, detail)) }
    }
}
