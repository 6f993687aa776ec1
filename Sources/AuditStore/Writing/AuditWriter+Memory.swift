import GRDB

extension AuditWriter {
    /// Gives back the memory of the page cache; called when nothing comes any more.
    package func giveBackMemory() {
        // What cannot be given back now is given back another time.
        try? connection.perform { db in try db.execute(sql: "PRAGMA shrink_memory") }
    }
}
