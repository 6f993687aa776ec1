import AuditEvents
import CertCore
import GRDB

/// Answers ``AuditReader/expiring(within:now:filter:thresholds:addressBudget:)``.
struct ExpiryJudge {
    /// A certificate is dormant only after this long without an event.
    static let shortestDormancy: Int64 = 7 * 86_400_000

    /// Over how many of the newest events addresses are counted when nobody says otherwise: about 20 ms.
    static let addressBudget: Int64 = 100_000

    /// Below an issuer with more certificates than this nobody counts addresses.
    private static let largestFamily = 10_000

    /// How many addresses are named.
    private static let longestStragglers = 8

    let snapshot: Snapshot
    let now: Timestamp
    let length: Int64
    let filter: AuditFilter?
    var addressBudget = ExpiryJudge.addressBudget
    var thresholds = ExpiryThresholds()

    private var db: Database { snapshot.db }

    /// What judging needs from the whole snapshot.
    private struct Facts {
        var totals: [Int64: CertificateTotals.Total]
        var window: ExpiryWindow
        var census: AddressCensus
        var succession: Succession

        func isUsed(_ id: Int64) -> Bool { (totals[id]?.accepted ?? 0) > 0 }
    }

    /// The list in its order.
    func list() throws -> [ExpiringCertificate] {
        let aliases = try CertificateAliases(db)
        var totals = try CertificateTotals(snapshot).all(aliases)
        let candidates = try self.candidates(totals)
        if candidates.isEmpty { return [] }
        var window = try ExpiryWindow(snapshot, now: now.milliseconds, aliases)
        let succession = try Succession(db, of: candidates)
        try addIssuers(of: candidates, succession, &totals, &window)
        let families = candidates.filter { $0.dependents.count <= Self.largestFamily }
        let census = try AddressCensus(
            snapshot,
            of: Set(families.map(\.id)).union(families.flatMap(\.dependents)),
            in: window.range,
            budget: addressBudget,
            aliases
        )
        let facts = Facts(totals: totals, window: window, census: census, succession: succession)
        return try candidates.compactMap { try judge($0, facts) }
            // Renewed in time: of certificates that live an hour there are thousands, and nothing is to be done.
            .filter { !($0.isPast && $0.successor != nil) }
            .sorted { $0.isMoreUrgent(than: $1) }
    }

    /// How many of these candidates are in use: accepted before, not dormant, and not ended without being tried since.
    func countInUse(_ candidates: [ExpiryCandidate], _ totals: [Int64: CertificateTotals.Total]) -> Int {
        candidates.count { candidate in
            guard let total = totals[candidate.id] else { return false }
            let isPast = timeLevel(candidate) == .expired && total.last <= candidate.notAfter.milliseconds
            return total.accepted > 0 && !isDormant(total) && !isPast
        }
    }

    private func candidates(_ totals: [Int64: CertificateTotals.Total]) throws -> [ExpiryCandidate] {
        try ExpiryCandidates(db: db, now: now, length: length, filter: filter).all(with: totals)
    }

    // MARK: Issuers

    /// Gives issuers, and the issuers that may follow them, the numbers of what stands below them.
    private func addIssuers(
        of candidates: [ExpiryCandidate],
        _ succession: Succession,
        _ totals: inout [Int64: CertificateTotals.Total],
        _ window: inout ExpiryWindow
    ) throws {
        var families: [Int64: Set<Int64>] = [:]
        var followers: Set<Int64> = []
        for candidate in candidates where candidate.role == .issuer {
            families[candidate.id] = candidate.dependents
            for member in try succession.later(than: candidate) where totals[member.id] == nil {
                followers.insert(member.id)
            }
        }
        families.merge(try IssuerChains(db).dependents(of: Array(followers), totals)) { own, _ in own }
        for (issuer, family) in families {
            totals[issuer] = Self.sum(family, totals)
            window.uses[issuer] = family.reduce(into: ExpiryWindow.Use()) { sum, id in
                sum.accepted += window.uses[id]?.accepted ?? 0
                sum.rejected += window.uses[id]?.rejected ?? 0
            }
        }
    }

    /// The numbers of a family together.
    static func sum(
        _ family: Set<Int64>,
        _ totals: [Int64: CertificateTotals.Total]
    ) -> CertificateTotals.Total {
        family.reduce(into: CertificateTotals.Total()) { sum, id in
            if let total = totals[id] { sum.add(total) }
        }
    }

    // MARK: One certificate

    /// Nil for certificates that no event ever showed and that stand above none that was.
    private func judge(_ candidate: ExpiryCandidate, _ facts: Facts) throws -> ExpiringCertificate? {
        guard let total = facts.totals[candidate.id] else { return nil }
        let use = facts.window.uses[candidate.id] ?? ExpiryWindow.Use()
        let successors = try facts.succession.later(than: candidate).filter { facts.isUsed($0.id) }
        let moved = successors.reduce(Int64(0)) { $0 + (facts.window.uses[$1.id]?.accepted ?? 0) }
        let timeLevel = self.timeLevel(candidate)
        let habit = facts.succession.usualRenewal(of: candidate, isUsed: facts.isUsed)
        let isOverdue = successors.isEmpty && timeLevel < .expired && isPast(habit, candidate)
        let from = addresses(of: candidate, facts)
        return ExpiringCertificate(
            certificate: candidate.summary,
            role: candidate.role,
            dependents: candidate.dependents.count,
            level: level(timeLevel, hasSuccessor: !successors.isEmpty, isOverdue: isOverdue),
            remaining: candidate.notAfter - now,
            uses24h: use.accepted,
            share: share(use, candidate, facts.window),
            addresses: from.count,
            addressesAreExact: facts.census.isComplete && candidate.dependents.count <= Self.largestFamily,
            stragglers: successors.isEmpty || timeLevel < .critical ? [] : try names(from),
            lastSeen: Timestamp(milliseconds: total.last),
            lastOutcome: total.lastOutcome,
            rejected24h: use.rejected,
            acceptedEver: total.accepted,
            successor: try successors.last.flatMap { try summary(id: $0.id) },
            successorShare: use.accepted + moved > 0 ? Double(moved) / Double(use.accepted + moved) : 0,
            usualRenewal: habit,
            isOverdue: isOverdue,
            isDormant: isDormant(total)
        )
    }

    private func timeLevel(_ candidate: ExpiryCandidate) -> ExpiryLevel {
        candidate.role == .issuer
            ? .level(
                issuerNotBefore: candidate.notBefore,
                notAfter: candidate.notAfter,
                at: now,
                thresholds: thresholds
            )
            : .level(notBefore: candidate.notBefore, notAfter: candidate.notAfter, at: now, thresholds: thresholds)
    }

    /// With a successor in use the end of the old certificate is no more than worth a notice, unless it has come.
    private func level(_ level: ExpiryLevel, hasSuccessor: Bool, isOverdue: Bool) -> ExpiryLevel {
        if hasSuccessor && level > .notice && level < .expired { return .notice }
        return isOverdue ? level.raised : level
    }

    private func isPast(_ habit: Double?, _ candidate: ExpiryCandidate) -> Bool {
        guard let habit, candidate.lifetime > 0 else { return false }
        return Double(now - candidate.notBefore) > (habit + Succession.grace) * Double(candidate.lifetime)
    }

    private func share(_ use: ExpiryWindow.Use, _ candidate: ExpiryCandidate, _ window: ExpiryWindow) -> Double {
        let traffic = candidate.role == .issuer ? window.accepted : window.traffic(forLifetime: candidate.lifetime)
        return traffic > 0 ? min(1, Double(use.accepted) / Double(traffic)) : 0
    }

    private func isDormant(_ total: CertificateTotals.Total) -> Bool { Self.isDormant(total, now: now) }

    /// True when it has not been seen for longer than ``shortestDormancy`` and three times its usual gap.
    static func isDormant(_ total: CertificateTotals.Total, now: Timestamp) -> Bool {
        let events = total.accepted + total.rejected
        let usualGap = events > 1 ? (total.last - total.first) / (events - 1) : 0
        return now.milliseconds - total.last > max(Self.shortestDormancy, 3 * usualGap)
    }

    private func addresses(of candidate: ExpiryCandidate, _ facts: Facts) -> Set<Int64> {
        let own = facts.census.addresses[candidate.id] ?? []
        if candidate.dependents.count > Self.largestFamily { return own }
        return candidate.dependents.reduce(into: own) { all, id in
            all.formUnion(facts.census.addresses[id] ?? [])
        }
    }

    private func names(_ addresses: Set<Int64>) throws -> [String] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT value FROM str WHERE id IN (SELECT value FROM json_each(?)) ORDER BY value
                LIMIT \(Self.longestStragglers)
                """
        )
        return try String.fetchAll(statement, arguments: [addresses.jsonArray])
    }

    private func summary(id: Int64) throws -> CertificateSummary? {
        let statement = try db.cachedStatement(
            sql: "SELECT \(EventAssembler.certificateColumns) FROM cert k WHERE k.id = ?"
        )
        return try Row.fetchOne(statement, arguments: [id]).map(EventAssembler.summary)
    }
}
