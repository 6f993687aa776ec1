import CertCore
import GRDB

/// Answers ``AuditReader/countExpiringInUse(within:now:)`` without making an entry for every certificate.
///
/// What the roll-ups cover is counted in one statement over an index; only certificates with events above them, with
/// a second row, and issuers are judged one by one. A certificate has ended when its end has passed; that its start
/// may lie behind its end is not looked at here.
struct ExpiryCounter {
    let snapshot: Snapshot
    let now: Timestamp
    let length: Int64

    private var db: Database { snapshot.db }

    /// How many certificates in use end within the length or have ended: accepted before, not dormant, and not ended
    /// without being tried since.
    func count() throws -> Int {
        let aliases = try CertificateAliases(db)
        let totals = CertificateTotals(snapshot)
        let apart = try totals.unsettled(aliases)
        let judge = ExpiryJudge(snapshot: snapshot, now: now, length: length, filter: nil)
        let candidates = ExpiryCandidates(db: db, now: now, length: length, filter: nil)
        let known = try totals.all(of: apart, aliases)
        return try settled(except: apart.union(aliases.aliases))
            + judge.countInUse(candidates.near(of: known), known)
            + issuers(candidates, judge, known, aliases)
    }

    private func settled(except apart: Set<Int64>) throws -> Int {
        let statement = try db.cachedStatement(
            sql: """
                SELECT count(*) FROM cert k INDEXED BY cert_ending CROSS JOIN cert_total t ON t.cert = k.id
                WHERE k.not_after <= ?1 AND t.accepted > 0 AND (k.not_after > ?2 OR t.last_ts > k.not_after)
                    AND ?2 - t.last_ts <= max(\(ExpiryJudge.shortestDormancy), 3 * CASE
                        WHEN t.accepted + t.rejected > 1
                        THEN (t.last_ts - t.first_ts) / (t.accepted + t.rejected - 1) ELSE 0 END)
                    AND k.id NOT IN (SELECT value FROM json_each(?3))
                """
        )
        let horizon = now.advanced(byMilliseconds: length).milliseconds
        return try Int.fetchOne(statement, arguments: [horizon, now.milliseconds, apart.jsonArray]) ?? 0
    }

    /// Issuers have no events of their own; those of the certificates below them count.
    private func issuers(
        _ candidates: ExpiryCandidates,
        _ judge: ExpiryJudge,
        _ known: [Int64: CertificateTotals.Total],
        _ aliases: CertificateAliases
    ) throws -> Int {
        let silent = try candidates.withoutEvents().filter { known[$0] == nil }
        let leaves = try IssuerChains(db).leaves(of: silent)
        if leaves.isEmpty { return 0 }
        var totals = try CertificateTotals(snapshot).all(of: leaves, aliases)
        let issuers = try candidates.issuers(among: silent, totals)
        for issuer in issuers { totals[issuer.id] = ExpiryJudge.sum(issuer.dependents, totals) }
        return judge.countInUse(issuers, totals)
    }
}
