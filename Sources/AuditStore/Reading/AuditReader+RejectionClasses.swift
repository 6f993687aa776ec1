public import CertCore
import GRDB

/// Rejections of a stretch of the log by their class.
public struct RejectionClasses: Hashable, Sendable {
    /// How many, by class; those without a class count as `other`.
    public internal(set) var counts: [RejectionClass: Int64] = [:]
    /// The highest event id the counts cover; where the next stretch begins.
    public internal(set) var last: Int64
}

extension AuditReader {
    /// Counts the rejections above an event id; with ``RejectionClasses/last`` given again, only what is new costs
    /// anything.
    ///
    /// - Parameter id: events up to this one are left out.
    public func rejectionClasses(above id: Int64) throws(StoreError) -> RejectionClasses {
        try read { snapshot in
            let db = snapshot.db
            var result = RejectionClasses(last: max(id, try db.eventIDs()?.upperBound ?? id))
            let statement = try db.cachedStatement(
                sql: """
                    SELECT v.class, count(*) FROM event e INDEXED BY event_rejected JOIN verdict v ON v.id = e.verdict
                    WHERE e.id > ? AND e.outcome <> 0 GROUP BY 1
                    """
            )
            let rows = try Row.fetchCursor(statement, arguments: [id])
            while let row = try rows.next() {
                let known = (row[0] as Int?).flatMap { RejectionClass(id: $0) }
                result.counts[known ?? .other, default: 0] += row[1]
            }
            return result
        }
    }
}
