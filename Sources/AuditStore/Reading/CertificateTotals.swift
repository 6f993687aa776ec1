import AuditEvents
import CertCore
import GRDB

/// How often certificates were used: the derived totals and the events above them.
struct CertificateTotals {
    /// The use of one certificate.
    struct Total {
        var accepted: Int64 = 0
        var rejected: Int64 = 0
        var first: Int64 = .max
        var last: Int64 = .min
        var lastID: Int64 = 0
        var lastAccepted: Int64?
        var lastAcceptedID: Int64?

        /// How the newest event ended.
        var lastOutcome: AuditEvent.Outcome { lastAcceptedID == lastID ? .authenticated : .rejected }

        /// The usage of a certificate with these numbers.
        func usage(_ certificate: CertificateSummary) -> CertificateUsage {
            CertificateUsage(
                certificate: certificate,
                accepted: accepted,
                rejected: rejected,
                firstSeen: Timestamp(milliseconds: first),
                lastSeen: Timestamp(milliseconds: last),
                lastOutcome: lastOutcome
            )
        }

        mutating func add(_ other: Total) {
            accepted += other.accepted
            rejected += other.rejected
            first = min(first, other.first)
            last = max(last, other.last)
            lastID = max(lastID, other.lastID)
            if let time = other.lastAccepted { lastAccepted = max(lastAccepted ?? time, time) }
            if let id = other.lastAcceptedID { lastAcceptedID = max(lastAcceptedID ?? id, id) }
        }
    }

    private let snapshot: Snapshot

    init(_ snapshot: Snapshot) {
        self.snapshot = snapshot
    }

    /// The certificates whose numbers do not stand in one row of the roll-ups: with events above them, or with
    /// several rows.
    func unsettled(_ aliases: CertificateAliases) throws -> Set<Int64> {
        var plan = FilterPlan()
        plan.firstID = try snapshot.db.derivedUpTo() + 1
        return Set(try scanned(plan, aliases).keys).union(aliases.aliases.map(aliases.canonical))
    }

    /// The totals of every certificate, or of some; keyed by the row that stands for it.
    func all(of wanted: Set<Int64>? = nil, _ aliases: CertificateAliases) throws -> [Int64: Total] {
        let db = snapshot.db
        var plan = FilterPlan()
        plan.firstID = try db.derivedUpTo() + 1
        var totals = try scanned(plan, aliases)
        if let wanted { totals = totals.filter { wanted.contains($0.key) } }
        let columns = "cert, accepted, rejected, first_ts, last_ts, last_id, last_accepted_ts, last_accepted_id"
        var sql = "SELECT \(columns) FROM cert_total"
        var arguments: StatementArguments = []
        if let wanted {
            sql += " WHERE cert IN (SELECT value FROM json_each(?))"
            let rows = wanted.flatMap { aliases.isEmpty ? [$0] : aliases.rows(of: $0) }
            arguments = ["[" + rows.map(String.init).joined(separator: ",") + "]"]
        }
        let rows = try Row.fetchCursor(db.cachedStatement(sql: sql), arguments: arguments)
        while let row = try rows.next() {
            totals[aliases.canonical(row[0]), default: Total()].add(Self.total(row))
        }
        return totals
    }

    /// The use of certificates among the events of a plan.
    func scanned(_ plan: FilterPlan, _ aliases: CertificateAliases) throws -> [Int64: Total] {
        let db = snapshot.db
        guard let ids = try db.eventIDs(), plan.condition != .never else { return [:] }
        let (sql, condition) = statement(plan)
        var totals: [Int64: Total] = [:]
        let scan = EventScan(db, plan: plan, order: .oldestFirst)
        for range in try scan.ranges(from: ids.lowerBound, through: ids.upperBound) {
            try snapshot.checkpoint()
            let arguments = [.integer(range.lowerBound), .integer(range.upperBound)] + condition
            let rows = try Row.fetchCursor(
                db.cachedStatement(sql: sql),
                arguments: arguments.statementArguments
            )
            while let row = try rows.next() {
                totals[aliases.canonical(row[0]), default: Total()].add(Self.total(row))
            }
        }
        return totals
    }

    private func statement(_ plan: FilterPlan) -> (String, [FilterArgument]) {
        var text = ""
        var arguments: [FilterArgument] = []
        if case .sql(let sql, let values) = plan.condition {
            text = "AND " + sql
            arguments = values
        }
        let sql = """
            SELECT e.cert, sum(e.outcome = 0), sum(e.outcome <> 0), min(e.ts), max(e.ts), max(e.id),
                max(CASE WHEN e.outcome = 0 THEN e.ts END), max(CASE WHEN e.outcome = 0 THEN e.id END)
            FROM event e NOT INDEXED WHERE e.id BETWEEN ? AND ? AND e.cert IS NOT NULL \(text) GROUP BY 1
            """
        return (sql, arguments)
    }

    private static func total(_ row: Row) -> Total {
        Total(
            accepted: row[1],
            rejected: row[2],
            first: row[3],
            last: row[4],
            lastID: row[5],
            lastAccepted: row[6],
            lastAcceptedID: row[7]
        )
    }
}
