import GRDB

extension Database {
    /// The highest event id the roll-ups cover.
    func derivedUpTo() throws -> Int64 {
        let statement = try cachedStatement(sql: "SELECT value FROM meta WHERE key = 'derived_upto'")
        return try Int64.fetchOne(statement)?.plausible("derived_upto") ?? 0
    }

    /// The lowest and highest event id; nil when there is no event.
    ///
    /// Two statements: asked in one, SQLite walks the whole table.
    func eventIDs() throws -> ClosedRange<Int64>? {
        guard let first = try Int64.fetchOne(cachedStatement(sql: "SELECT min(id) FROM event")),
            let last = try Int64.fetchOne(cachedStatement(sql: "SELECT max(id) FROM event"))
        else { return nil }
        return try first.plausible("event.id")...last.plausible("event.id")
    }

    /// How many events are known to be lost, of all or of those noted in a range of times.
    ///
    /// A client may claim any number, so the sum stops at the greatest one, where SQLite's own would be an error.
    func lostEvents(since: Int64 = .min, until: Int64 = .max) throws -> Int64 {
        let statement = try cachedStatement(sql: "SELECT total(n) FROM loss WHERE time >= ? AND time < ?")
        let sum = try Double.fetchOne(statement, arguments: [since, until]) ?? 0
        // Exact up to 2^53; a double cannot hold the greatest integer.
        return Int64(exactly: sum) ?? (sum < 0 ? 0 : .max)
    }
}
