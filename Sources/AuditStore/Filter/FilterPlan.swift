/// A compiled filter and what it demands of every match.
struct FilterPlan: Hashable, Sendable {
    /// The condition over `event e`.
    var condition: FilterCondition = .always
    /// True when only rejections can match: the partial index on them serves.
    var isRejectedOnly = false
    /// The only certificates that can match: their postings serve.
    var certificates: Set<Int64>?
    /// The only events that can match.
    var ids: [Int64]?
    /// The earliest time of a match, inclusive.
    var since: Int64?
    /// The latest time of a match, exclusive.
    var until: Int64?
    /// The lowest id of a match.
    var firstID: Int64?
    /// The highest id of a match.
    var lastID: Int64?

    /// Takes over a bound on the id.
    mutating func narrow(_ comparison: Comparison, _ id: Int64) {
        switch comparison {
        case .equal:
            firstID = max(firstID ?? id, id)
            lastID = min(lastID ?? id, id)
        case .less: lastID = min(lastID ?? id - 1, id - 1)
        case .atMost: lastID = min(lastID ?? id, id)
        case .greater: firstID = max(firstID ?? id + 1, id == .max ? id : id + 1)
        case .atLeast: firstID = max(firstID ?? id, id)
        }
    }

    /// Takes over a range of times.
    mutating func narrow(since start: Int64?, until end: Int64?) {
        var parts = [condition]
        if let start {
            since = max(since ?? start, start)
            parts.append(.sql("e.ts >= ?", [.integer(start)]))
        }
        if let end {
            until = min(until ?? end, end)
            parts.append(.sql("e.ts < ?", [.integer(end)]))
        }
        condition = .all(parts)
    }
}
