import CertCore
import GRDB

/// Finds certificates that are new, renewed, expired but used, gone, or used much more or less than before.
struct CertificateChanges {
    private struct Use {
        var accepted: Int64 = 0
        var rejected: Int64 = 0
        var total: Int64 { accepted + rejected }
    }

    private let finder: ChangeFinder
    private let aliases: CertificateAliases
    private let uses: [Int64: Use]
    private let usesBefore: [Int64: Use]
    private let assembler: EventAssembler
    private var start: Int64 { finder.period.since ?? 0 }

    init(_ finder: ChangeFinder) throws {
        self.finder = finder
        aliases = try CertificateAliases(finder.db)
        uses = try Self.uses(finder, finder.period, aliases)
        usesBefore = try Self.uses(finder, finder.previous, aliases)
        assembler = EventAssembler(finder.db)
    }

    func all() throws -> [Change] {
        try finder.snapshot.checkpoint()
        let new = try newCertificates()
        let known = Set(new.map(\.id))
        return try arrivals(new) + issuers(new) + movements(except: known) + expired()
    }

    private static func uses(
        _ finder: ChangeFinder,
        _ range: TallyRange,
        _ aliases: CertificateAliases
    ) throws -> [Int64: Use] {
        let unit = finder.span.milliseconds
        let rows = try Row.fetchCursor(
            finder.db.cachedStatement(
                sql: """
                    SELECT cert, sum(accepted), sum(rejected) FROM cert_use
                    WHERE span = ? AND bucket >= ? AND bucket < ? GROUP BY cert
                    """
            ),
            arguments: [finder.span.rawValue, (range.since ?? 0) / unit, (range.until ?? 0) / unit]
        )
        var uses: [Int64: Use] = [:]
        while let row = try rows.next() {
            guard let certificate = row[0] as Int64? else { continue }
            uses[aliases.canonical(certificate), default: Use()].accepted += row[1] ?? 0
            uses[aliases.canonical(certificate), default: Use()].rejected += row[2] ?? 0
        }
        var plan = FilterPlan()
        plan.firstID = try finder.db.derivedUpTo() + 1
        plan.narrow(since: range.since, until: range.until)
        for (id, total) in try CertificateTotals(finder.snapshot).scanned(plan, aliases) {
            uses[id, default: Use()].accepted += total.accepted
            uses[id, default: Use()].rejected += total.rejected
        }
        return uses
    }

    // MARK: New ones

    private struct Newcomer {
        var id: Int64
        var seen: Int64
        var issuer: String?
        var isRenewal: Bool
    }

    private func newCertificates() throws -> [Newcomer] {
        let statement = try finder.db.cachedStatement(
            sql: """
                SELECT k.id, k.first_seen, k.issuer, k.identity_key IS NOT NULL AND EXISTS(
                    SELECT 1 FROM cert o WHERE o.identity_key = k.identity_key AND o.id <> k.id
                    AND o.first_seen < k.first_seen AND o.same_as IS NULL)
                FROM cert k WHERE k.same_as IS NULL AND k.first_seen >= ? AND k.first_seen < ?
                ORDER BY k.first_seen DESC LIMIT ?
                """
        )
        let rows = try Row.fetchAll(
            statement,
            arguments: [start, finder.period.until, 3 * ChangeFinder.mostOfAKind]
        )
        return rows.compactMap { row in
            guard let id = row[0] as Int64?, let seen = row[1] as Int64? else { return nil }
            return Newcomer(id: id, seen: seen, issuer: row[2], isRenewal: (row[3] as Int64?) == 1)
        }
    }

    private func arrivals(_ new: [Newcomer]) throws -> [Change] {
        try new.compactMap { newcomer in
            guard let use = uses[newcomer.id] else { return nil }
            let kind: Change.Kind =
                use.accepted == 0 ? .newRejected : newcomer.isRenewal ? .renewed : .newAccepted
            return try change(kind, newcomer.id, time: newcomer.seen)
        }
    }

    /// Issuers that no certificate seen before the period names.
    private func issuers(_ new: [Newcomer]) throws -> [Change] {
        let statement = try finder.db.cachedStatement(
            sql: "SELECT DISTINCT issuer FROM cert WHERE first_seen < ? AND issuer IS NOT NULL"
        )
        let known = Set(try String.fetchAll(statement, arguments: [start]))
        let strangers = Dictionary(grouping: new.filter { $0.issuer.map { !known.contains($0) } ?? false }) {
            $0.issuer ?? ""
        }
        return strangers.sorted { $0.key < $1.key }.prefix(ChangeFinder.mostOfAKind).map { issuer, certificates in
            Change(
                kind: .newIssuer,
                subject: .issuer(issuer),
                before: 0,
                now: certificates.reduce(0) { $0 + (uses[$1.id]?.total ?? 0) },
                time: certificates.map(\.seen).min().map { Timestamp(milliseconds: $0) }
            )
        }
    }

    // MARK: Known ones

    /// Certificates that went away, or whose use moved beyond chance: the largest movements.
    private func movements(except new: Set<Int64>) throws -> [Change] {
        var found: [(kind: Change.Kind, id: Int64, size: Int64)] = []
        for (id, before) in usesBefore where !new.contains(id) {
            let now = uses[id]?.total ?? 0
            if now == 0, before.accepted > 0 {
                found.append((.gone, id, before.accepted))
            } else if max(now, before.total) >= 100, finder.isBeyondChance(before: before.total, now: now) {
                found.append((.rate, id, abs(now - before.total)))
            }
        }
        let largest = found.sorted { ($0.size, $1.id) > ($1.size, $0.id) }.prefix(ChangeFinder.mostOfAKind)
        return try largest.map { try change($0.kind, $0.id, time: nil) }
    }

    private func expired() throws -> [Change] {
        let statement = try finder.db.cachedStatement(
            sql: "SELECT id, not_after FROM cert WHERE not_after <= ? AND same_as IS NULL"
        )
        let rows = try Row.fetchAll(statement, arguments: [finder.now])
        let used = rows.compactMap { row -> (id: Int64, end: Int64)? in
            guard let id = row[0] as Int64?, let end = row[1] as Int64?, uses[id] != nil else { return nil }
            return (id, end)
        }
        let most = used.sorted { (uses[$0.id]?.total ?? 0) > (uses[$1.id]?.total ?? 0) }
        return try most.prefix(ChangeFinder.mostOfAKind).map { try change(.expiredInUse, $0.id, time: $0.end) }
    }

    private func change(_ kind: Change.Kind, _ id: Int64, time: Int64?) throws -> Change {
        Change(
            kind: kind,
            subject: .certificate(try assembler.summary(id)),
            before: usesBefore[id]?.total ?? 0,
            now: uses[id]?.total ?? 0,
            time: time.map { Timestamp(milliseconds: $0) }
        )
    }
}
