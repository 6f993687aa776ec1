import CertCore
import GRDB

/// Answers ``AuditReader/rejectedParties(_:since:until:filter:limit:)``.
struct RejectionParties {
    let snapshot: Snapshot
    let filter: AuditFilter?
    let range: TallyRange
    let key: RejectionGroupKey?

    private struct Party: Hashable {
        var certificate: Int64?
        var address: Int64?
    }

    private struct Sum {
        var count: Int64
        var first: Int64
        var last: Int64
        var lastID: Int64
    }

    /// The parties, most rejections first.
    func list(limit: Int) throws -> [RejectedParty] {
        let assembler = EventAssembler(snapshot.db)
        let aliases = try CertificateAliases(snapshot.db)
        let sums = try self.sums(assembler, aliases)
        let top = sums.sorted { ($0.value.count, $0.value.lastID) > ($1.value.count, $1.value.lastID) }.prefix(limit)
        let totals = try CertificateTotals(snapshot).all(of: Set(top.compactMap { $0.key.certificate }), aliases)
        return try top.map { party, sum in
            RejectedParty(
                certificate: try party.certificate.map { try assembler.summary($0) },
                ip: try assembler.name(party.address ?? address(of: sum.lastID)),
                count: sum.count,
                first: Timestamp(milliseconds: sum.first),
                last: Timestamp(milliseconds: sum.last),
                accepted: party.certificate.flatMap { totals[$0]?.accepted } ?? 0,
                lastAccepted: party.certificate.flatMap { totals[$0]?.lastAccepted }
                    .map { Timestamp(milliseconds: $0) },
                lastEvent: sum.lastID,
                latest: try latest(sum.lastID, assembler)
            )
        }
    }

    private func sums(_ assembler: EventAssembler, _ aliases: CertificateAliases) throws -> [Party: Sum] {
        guard let ids = try snapshot.db.eventIDs() else { return [:] }
        let plan = try self.plan(assembler)
        let scan = EventScan(snapshot.db, plan: plan, order: .newestFirst)
        let statement = RejectedRows(
            plan,
            columns: """
                e.cert, CASE WHEN e.cert IS NULL THEN e.ip END, count(*), min(e.ts), max(e.ts), max(e.id)
                """,
            ending: "GROUP BY 1, 2"
        )
        var sums: [Party: Sum] = [:]
        for range in try scan.ranges(from: ids.lowerBound, through: ids.upperBound) {
            try snapshot.checkpoint()
            for row in try statement.fetch(snapshot.db, range) {
                let party = Party(certificate: (row[0] as Int64?).map(aliases.canonical), address: row[1])
                let new = Sum(count: row[2], first: row[3], last: row[4], lastID: row[5])
                sums[party] = sums[party].map { Self.joined($0, new) } ?? new
            }
        }
        return sums
    }

    private static func joined(_ left: Sum, _ right: Sum) -> Sum {
        Sum(
            count: left.count + right.count,
            first: min(left.first, right.first),
            last: max(left.last, right.last),
            lastID: max(left.lastID, right.lastID)
        )
    }

    private func plan(_ assembler: EventAssembler) throws -> FilterPlan {
        var plan = try FilterCompiler(snapshot.db).plan(filter)
        plan.isRejectedOnly = true
        plan.narrow(since: range.since, until: range.until)
        guard let key else { return plan }
        let verdicts = try Int64.fetchAll(snapshot.db, sql: "SELECT id FROM verdict WHERE outcome <> 0")
        let matching = try verdicts.filter { try assembler.verdict($0).groupKey == key }
        let condition = FilterResolver(db: snapshot.db).membership("e.verdict", matching)
        plan.condition = .all([condition, plan.condition])
        return plan
    }

    private func latest(_ id: Int64, _ assembler: EventAssembler) throws -> RejectionGroupKey? {
        let statement = try snapshot.db.cachedStatement(sql: "SELECT verdict FROM event WHERE id = ?")
        return try Int64.fetchOne(statement, arguments: [id]).map { try assembler.verdict($0).groupKey }
    }

    private func address(of id: Int64) throws -> Int64? {
        let statement = try snapshot.db.cachedStatement(sql: "SELECT ip FROM event WHERE id = ?")
        return try Row.fetchOne(statement, arguments: [id])?[0]
    }
}
