import GRDB

extension AuditReader {
    /// Limits the pages SQLite keeps in memory; a walk through the log from one end to the other needs few.
    package func limitCache(kibibytes: Int) throws(StoreError) {
        try read { snapshot in try snapshot.db.execute(sql: "PRAGMA cache_size = -\(kibibytes)") }
    }
}
