import CertCore
import GRDB

extension AuditReader {
    /// The newest checkpoint and how far the ledger goes; nil when the database has no ledger yet.
    package func ledgerHead() throws(StoreError) -> LedgerHead? {
        try read { snapshot in
            guard try snapshot.hasLedger else { return nil }
            return try LedgerReading(snapshot).head()
        }
    }

    /// The segments that hold events of a range and are covered by the newest checkpoint, each with its proof.
    ///
    /// - Parameter limit: No more than so many; a range of more segments gets its first and its last ones.
    package func ledgerProofs(for range: ClosedRange<Int64>, limit: Int = 64) throws(StoreError) -> [SegmentProof] {
        try read { snapshot in
            guard try snapshot.hasLedger else { return [] }
            return try LedgerReading(snapshot).proofs(for: range, limit: limit)
        }
    }

    /// The proof that an event is in the log, for somebody without the database.
    ///
    /// - Throws: `notFound` for an event that is not there, was removed, or is not covered by a checkpoint yet.
    package func eventProof(_ id: Int64) throws(StoreError) -> EventProof {
        try read { snapshot in try LedgerReading(snapshot).eventProof(id, path: path) }
    }

    /// The proof that the log of one checkpoint is the beginning of that of another.
    ///
    /// - Throws: `notFound` when there is no checkpoint over so many segments.
    package func consistencyProof(from old: Int64, to new: Int64) throws(StoreError) -> ConsistencyProof {
        try read { snapshot in try LedgerReading(snapshot).consistencyProof(from: old, to: new, path: path) }
    }
}
