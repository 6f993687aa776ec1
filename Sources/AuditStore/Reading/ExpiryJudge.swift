import AuditEvents
import CertCore
import GRDB

/// Answers ``AuditReader/expiring(within:now:filter:)``.
struct ExpiryJudge {
    /// A certificate is dormant only after this long without an event.
    static let shortestDormancy: Int64 = 7 * 86_400_000

    /// Over how many of the newest events addresses are counted: about 20 ms.
    static let addressSample: Int64 = 100_000

    let snapshot: Snapshot
    let now: Timestamp
    let length: Int64
    let filter: AuditFilter?

    private var db: Database { snapshot.db }

    /// What judging needs from the whole snapshot.
    private struct Facts {
        var totals: [Int64: CertificateTotals.Total]
        var window: ExpiryWindow
        var addresses: [Int64: Set<Int64>]
        var heirs: [String: [Heir]]
    }

    /// A certificate that could follow another of its identity.
    private struct Heir {
        var id: Int64
        var notAfter: Int64
    }

    private struct Candidate {
        var summary: CertificateSummary
        var notAfter: Timestamp
        var identityKey: String?
    }

    /// The list in its order.
    func list() throws -> [ExpiringCertificate] {
        let candidates = try self.candidates()
        if candidates.isEmpty { return [] }
        let aliases = try CertificateAliases(db)
        let window = try ExpiryWindow(snapshot, now: now.milliseconds, aliases)
        let facts = Facts(
            totals: try CertificateTotals(snapshot).all(aliases),
            window: window,
            addresses: try addresses(of: candidates, window, aliases),
            heirs: try heirs()
        )
        return try candidates.compactMap { try judge($0, facts) }.sorted { $0.isMoreUrgent(than: $1) }
    }

    /// How many of them are in use: accepted before, and not dormant.
    func countInUse() throws -> Int {
        let totals = try CertificateTotals(snapshot).all(CertificateAliases(db))
        return try candidates().count { candidate in
            guard let total = totals[candidate.summary.id] else { return false }
            return total.accepted > 0 && !isDormant(total)
        }
    }

    private func candidates() throws -> [Candidate] {
        var text = "1"
        var arguments: [FilterArgument] = [.integer(now.advanced(byMilliseconds: length).milliseconds)]
        if let root = filter?.root {
            switch FilterCompiler.certificateCondition(root) ?? .never {
            case .never: return []
            case .always: break
            case .sql(let sql, let values):
                text = sql
                arguments += values
            }
        }
        let sql = """
            SELECT \(EventAssembler.certificateColumns), k.identity_key FROM cert k
            WHERE k.not_after <= ? AND k.same_as IS NULL AND \(text)
            """
        let rows = try Row.fetchAll(db.cachedStatement(sql: sql), arguments: arguments.statementArguments)
        return rows.compactMap { row in
            let summary = EventAssembler.summary(from: row)
            return summary.notAfter.map { Candidate(summary: summary, notAfter: $0, identityKey: row[10]) }
        }
    }

    /// Nil for certificates that no event ever showed: issuers that only came along.
    private func judge(_ candidate: Candidate, _ facts: Facts) throws -> ExpiringCertificate? {
        guard let total = facts.totals[candidate.summary.id] else { return nil }
        let use = facts.window.uses[candidate.summary.id] ?? ExpiryWindow.Use()
        let successors = self.successors(of: candidate, facts)
        let moved = successors.reduce(Int64(0)) { $0 + (facts.window.uses[$1.id]?.accepted ?? 0) }
        let identityUses = use.accepted + moved
        return ExpiringCertificate(
            certificate: candidate.summary,
            level: level(candidate, hasSuccessor: !successors.isEmpty),
            remaining: candidate.notAfter - now,
            uses24h: use.accepted,
            share: facts.window.accepted > 0 ? Double(use.accepted) / Double(facts.window.accepted) : 0,
            addresses: facts.addresses[candidate.summary.id]?.count ?? 0,
            lastSeen: Timestamp(milliseconds: total.last),
            lastOutcome: total.lastOutcome,
            rejected24h: use.rejected,
            acceptedEver: total.accepted,
            successor: try successors.last.flatMap { try summary(id: $0.id) },
            successorShare: identityUses > 0 ? Double(moved) / Double(identityUses) : 0,
            isDormant: isDormant(total)
        )
    }

    /// By time alone; with a successor in use the end of the old certificate is no more than worth a notice, unless
    /// it has come.
    private func level(_ candidate: Candidate, hasSuccessor: Bool) -> ExpiryLevel {
        let notBefore = candidate.summary.notBefore ?? candidate.notAfter.advanced(byMilliseconds: -365 * 86_400_000)
        let level = ExpiryLevel.level(notBefore: notBefore, notAfter: candidate.notAfter, at: now)
        return hasSuccessor && level > .notice && level < .expired ? .notice : level
    }

    /// Certificates of the same identity that end later and were accepted, the one with the latest end last.
    private func successors(of candidate: Candidate, _ facts: Facts) -> [Heir] {
        guard let key = candidate.identityKey else { return [] }
        return (facts.heirs[key] ?? []).filter {
            $0.notAfter > candidate.notAfter.milliseconds && (facts.totals[$0.id]?.accepted ?? 0) > 0
        }
    }

    /// Every certificate by identity, by the end of its validity: one pass, where a question for each candidate
    /// took most of the time.
    private func heirs() throws -> [String: [Heir]] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT identity_key, id, not_after FROM cert
                WHERE identity_key IS NOT NULL AND not_after IS NOT NULL AND same_as IS NULL
                ORDER BY identity_key, not_after, id
                """
        )
        let rows = try Row.fetchCursor(statement)
        var heirs: [String: [Heir]] = [:]
        while let row = try rows.next() { heirs[row[0], default: []].append(Heir(id: row[1], notAfter: row[2])) }
        return heirs
    }

    private func summary(id: Int64) throws -> CertificateSummary? {
        let statement = try db.cachedStatement(
            sql: "SELECT \(EventAssembler.certificateColumns) FROM cert k WHERE k.id = ?"
        )
        return try Row.fetchOne(statement, arguments: [id]).map(EventAssembler.summary)
    }

    private func isDormant(_ total: CertificateTotals.Total) -> Bool {
        let events = total.accepted + total.rejected
        let usualGap = events > 1 ? (total.last - total.first) / (events - 1) : 0
        return now.milliseconds - total.last > max(Self.shortestDormancy, 3 * usualGap)
    }

    /// Distinct addresses by certificate, among the newest events of the log that lie in the window.
    private func addresses(
        of candidates: [Candidate],
        _ window: ExpiryWindow,
        _ aliases: CertificateAliases
    ) throws -> [Int64: Set<Int64>] {
        guard let last = try db.eventIDs()?.upperBound else { return [:] }
        try snapshot.checkpoint()
        let wanted = candidates.flatMap { aliases.rows(of: $0.summary.id) }
        let statement = try db.cachedStatement(
            sql: """
                SELECT DISTINCT e.cert, e.ip FROM event e NOT INDEXED
                WHERE e.id > ? AND e.ts >= ? AND e.ip IS NOT NULL AND e.cert IN (SELECT value FROM json_each(?))
                """
        )
        let list = "[" + wanted.map(String.init).joined(separator: ",") + "]"
        let rows = try Row.fetchCursor(statement, arguments: [last - Self.addressSample, window.range.since, list])
        var result: [Int64: Set<Int64>] = [:]
        while let row = try rows.next() { result[aliases.canonical(row[0]), default: []].insert(row[1]) }
        return result
    }
}
