import GRDB

/// Counts events by time and key: from roll-ups where they are whole, one by one elsewhere.
struct Tallier {
    let snapshot: Snapshot
    let key: TallyKey

    private var db: Database { snapshot.db }

    /// All events of a range, without a filter.
    ///
    /// - Parameter longest: the longest bucket that may stand for its events, in milliseconds.
    func rolled(_ range: TallyRange, slots: TallySlots?, longest: Int64 = .max) throws -> [Tally] {
        if range.isEmpty { return [] }
        guard let column = key.rollColumn else { return try scanned(plan(range), slots: slots) }
        let covered = try db.derivedUpTo()
        let parts = RollupPieces(range, longest: longest)
        var result: [Tally] = []
        for piece in parts.pieces { result += try rollups(piece, column, slots) }
        for edge in parts.edges { result += try scanned(plan(edge), .min...covered, slots) }
        if covered < .max { result += try scanned(plan(range), (covered + 1)...(.max), slots) }
        return result
    }

    /// The events of a plan, one by one.
    func scanned(_ plan: FilterPlan, slots: TallySlots?) throws -> [Tally] {
        try scanned(plan, .min...(.max), slots)
    }

    private func plan(_ range: TallyRange) -> FilterPlan {
        var plan = FilterPlan()
        plan.isRejectedOnly = key.isRejectedOnly
        plan.narrow(since: range.since, until: range.until)
        return plan
    }

    private func rollups(_ piece: RollupPieces.Piece, _ column: String, _ slots: TallySlots?) throws -> [Tally] {
        let length = piece.span.milliseconds
        var arguments: [FilterArgument] = []
        var slot = "0"
        if let slots {
            slot = "(r.bucket * \(length) - ?) / ?"
            arguments += [.integer(slots.origin), .integer(slots.width)]
        }
        let sql = """
            SELECT \(slot), \(column), sum(r.n), max(r.last_id)
            FROM roll r JOIN verdict v ON v.id = r.verdict
            WHERE r.span = \(piece.span.rawValue) AND r.bucket >= ? AND r.bucket < ?
            \(key.isRejectedOnly ? "AND v.outcome <> 0" : "") GROUP BY 1, 2
            """
        arguments += [.integer(piece.first ?? .min), .integer(piece.end ?? .max)]
        return try tallies(sql, arguments)
    }

    private func scanned(
        _ plan: FilterPlan,
        _ bounds: ClosedRange<Int64>,
        _ slots: TallySlots?
    ) throws -> [Tally] {
        guard let ids = try db.eventIDs(), bounds.overlaps(ids), plan.condition != .never else { return [] }
        var plan = plan
        if key.isRejectedOnly { plan.isRejectedOnly = true }
        let scan = EventScan(db, plan: plan, order: .oldestFirst)
        let (sql, values) = statement(plan, slots)
        var sums: [TallySlot: Tally] = [:]
        let ranges = try scan.ranges(
            from: max(ids.lowerBound, bounds.lowerBound),
            through: min(ids.upperBound, bounds.upperBound)
        )
        for range in ranges {
            try snapshot.checkpoint()
            let arguments = values.slots + [.integer(range.lowerBound), .integer(range.upperBound)] + values.condition
            for tally in try tallies(sql, arguments) {
                sums[TallySlot(slot: tally.slot, key: tally.key), default: tally.emptied].add(tally)
            }
        }
        return Array(sums.values)
    }

    private func statement(
        _ plan: FilterPlan,
        _ slots: TallySlots?
    ) -> (String, (slots: [FilterArgument], condition: [FilterArgument])) {
        var slot = "0"
        var slotArguments: [FilterArgument] = []
        if let slots {
            slot = "(e.ts - ?) / ?"
            slotArguments = [.integer(slots.origin), .integer(slots.width)]
        }
        var condition = ""
        var arguments: [FilterArgument] = []
        if case .sql(let text, let values) = plan.condition {
            condition = "AND " + text
            arguments = values
        }
        let sql = """
            SELECT \(slot), \(key.eventColumn), count(*), max(e.id)
            FROM event e \(plan.isRejectedOnly ? "INDEXED BY event_rejected" : "NOT INDEXED")
            WHERE e.id BETWEEN ? AND ? \(plan.isRejectedOnly ? "AND e.outcome <> 0" : "") \(condition) GROUP BY 1, 2
            """
        return (sql, (slotArguments, arguments))
    }

    private func tallies(_ sql: String, _ arguments: [FilterArgument]) throws -> [Tally] {
        let rows = try Row.fetchAll(db.cachedStatement(sql: sql), arguments: arguments.statementArguments)
        // Without events `sum` has no row to group, so no value is NULL.
        return rows.map { Tally(slot: $0[0], key: $0[1], count: $0[2], lastID: $0[3]) }
    }

    private struct TallySlot: Hashable {
        var slot: Int64
        var key: Int64
    }
}

extension Tally {
    fileprivate var emptied: Tally { Tally(slot: slot, key: key, count: 0, lastID: 0) }

    fileprivate mutating func add(_ other: Tally) {
        count += other.count
        lastID = max(lastID, other.lastID)
    }
}
