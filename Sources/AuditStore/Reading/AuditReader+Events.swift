import CertCore
import GRDB

extension AuditReader {
    /// One page of events.
    ///
    /// Without a filter a page costs the same anywhere in the log; with one the log is looked through in slices until
    /// the page is full or `scanLimit` ids were looked at.
    public func events(_ query: EventQuery) throws(StoreError) -> EventPage {
        try read { snapshot in
            guard let ids = try snapshot.db.eventIDs() else {
                return EventPage(rows: [], resumeID: nil, reachedEnd: true, scanned: 0)
            }
            return try EventPager(snapshot, query: query).page(ids)
        }
    }

    /// One event by its id.
    public func event(id: Int64) throws(StoreError) -> EventRow? {
        try read { snapshot in
            let db = snapshot.db
            let sql = "SELECT \(EventAssembler.columns) FROM event e WHERE e.id = ?"
            let row = try Row.fetchOne(db.cachedStatement(sql: sql), arguments: [id])
            return try row.map { try EventAssembler(db).row($0) }
        }
    }

    /// The highest event id; nil when there is no event.
    package func lastEventID() throws(StoreError) -> Int64? {
        try read { snapshot in try snapshot.db.eventIDs()?.upperBound }
    }

    /// Every event a query matches among those stored now, page by page, each page in a snapshot of its own.
    ///
    /// - Parameter body: takes a page and how far the reading has come, 0…1; returns false to stop.
    package func eachPage(
        _ query: EventQuery,
        pageSize: Int = 5000,
        _ body: (EventPage, Double) throws -> Bool
    ) throws {
        let bounds = try read { snapshot in try snapshot.db.eventIDs() }
        guard let bounds else { return }
        var query = query
        query.scanLimit = query.scanLimit ?? 2_000_000
        // Only what is stored now: a report of a busy log must end.
        query.before = min(query.before ?? .max, bounds.upperBound + 1)
        var remaining = query.limit
        while remaining > 0 {
            query.limit = min(pageSize, remaining)
            let page = try events(query)
            remaining -= page.rows.count
            let position = page.resumeID.map { Self.progress($0, bounds, query.order) } ?? 1
            guard try body(page, position), !page.reachedEnd, let resume = page.resumeID else { return }
            switch query.order {
            case .newestFirst: query.before = resume
            case .oldestFirst: query.after = resume
            }
        }
    }

    private static func progress(_ id: Int64, _ bounds: ClosedRange<Int64>, _ order: EventQuery.Order) -> Double {
        let part = Double(id - bounds.lowerBound) / Double(max(1, bounds.upperBound - bounds.lowerBound))
        return order == .oldestFirst ? part : 1 - part
    }
}

/// Fills one page.
struct EventPager {
    private let snapshot: Snapshot
    private let query: EventQuery
    private let scan: EventScan

    init(_ snapshot: Snapshot, query: EventQuery) throws {
        self.snapshot = snapshot
        self.query = query
        var plan = try FilterCompiler(snapshot.db).plan(query.filter)
        plan.narrow(since: query.since?.milliseconds, until: query.until?.milliseconds)
        scan = EventScan(snapshot.db, plan: plan, order: query.order)
    }

    /// A page of a plan that is already made; the query's filter and times are not looked at.
    init(_ snapshot: Snapshot, query: EventQuery, plan: FilterPlan) {
        self.snapshot = snapshot
        self.query = query
        scan = EventScan(snapshot.db, plan: plan, order: query.order)
    }

    /// The page within the log's ids.
    func page(_ ids: ClosedRange<Int64>) throws -> EventPage {
        let limit = max(1, query.limit)
        let lowest = max(ids.lowerBound, query.after.map { $0 == .max ? $0 : $0 + 1 } ?? ids.lowerBound)
        let highest = min(ids.upperBound, query.before.map { $0 == .min ? $0 : $0 - 1 } ?? ids.upperBound)
        let assembler = EventAssembler(snapshot.db)
        var rows: [EventRow] = []
        var scanned = 0
        for range in try scan.ranges(from: lowest, through: highest) {
            try snapshot.checkpoint()
            rows += try fetch(range, limit - rows.count).map { try assembler.row($0) }
            if rows.count == limit, let last = rows.last {
                scanned +=
                    Int(query.order == .newestFirst ? range.upperBound - last.id : last.id - range.lowerBound) + 1
                return EventPage(rows: rows, resumeID: last.id, reachedEnd: false, scanned: scanned)
            }
            scanned += range.count
            if let scanLimit = query.scanLimit, scanned >= scanLimit {
                let resume = query.order == .newestFirst ? range.lowerBound : range.upperBound
                return EventPage(rows: rows, resumeID: resume, reachedEnd: false, scanned: scanned)
            }
        }
        return EventPage(rows: rows, resumeID: nil, reachedEnd: true, scanned: scanned)
    }

    private func fetch(_ range: ClosedRange<Int64>, _ limit: Int) throws -> [Row] {
        var arguments: [FilterArgument] = [.integer(range.lowerBound), .integer(range.upperBound)]
        var condition = ""
        if case .sql(let text, let values) = scan.plan.condition {
            condition = "AND " + text
            arguments += values
        }
        let index = scan.plan.isRejectedOnly ? "INDEXED BY event_rejected" : "NOT INDEXED"
        let rejected = scan.plan.isRejectedOnly ? "AND e.outcome <> 0" : ""
        let sql = """
            SELECT \(EventAssembler.columns) FROM event e \(index)
            WHERE e.id BETWEEN ? AND ? \(rejected) \(condition)
            ORDER BY e.id \(query.order == .newestFirst ? "DESC" : "ASC") LIMIT ?
            """
        arguments.append(.integer(Int64(limit)))
        return try Row.fetchAll(snapshot.db.cachedStatement(sql: sql), arguments: arguments.statementArguments)
    }
}
