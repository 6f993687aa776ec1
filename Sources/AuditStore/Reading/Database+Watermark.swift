import GRDB

extension Database {
    /// The highest event id the roll-ups cover.
    func derivedUpTo() throws -> Int64 {
        let statement = try cachedStatement(sql: "SELECT value FROM meta WHERE key = 'derived_upto'")
        return try Int64.fetchOne(statement) ?? 0
    }

    /// The lowest and highest event id; nil when there is no event.
    ///
    /// Two statements: asked in one, SQLite walks the whole table.
    func eventIDs() throws -> ClosedRange<Int64>? {
        guard let first = try Int64.fetchOne(cachedStatement(sql: "SELECT min(id) FROM event")),
            let last = try Int64.fetchOne(cachedStatement(sql: "SELECT max(id) FROM event"))
        else { return nil }
        return first...last
    }
}
