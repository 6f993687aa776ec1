import CertCore
import GRDB

/// A certificate whose end is near enough to be judged.
struct ExpiryCandidate {
    var summary: CertificateSummary
    var notAfter: Timestamp
    /// What it shares with the certificates that came before and come after it.
    var identityKey: String?
    var role = ExpiringCertificate.Role.client
    /// For an issuer: the certificates with events that stand below it.
    var dependents: Set<Int64> = []

    var id: Int64 { summary.id }

    /// The start of validity; a year before the end when only the end is known.
    var notBefore: Timestamp { summary.notBefore ?? notAfter.advanced(byMilliseconds: -365 * 86_400_000) }

    /// Milliseconds of validity.
    var lifetime: Int64 { notAfter - notBefore }
}

/// Finds the certificates that end before a moment.
struct ExpiryCandidates {
    /// An issuer's end fails everybody it signed for, so it is listed that many times as early.
    static let issuerFactor: Int64 = 6

    let db: Database
    let now: Timestamp
    let length: Int64
    let filter: AuditFilter?

    /// Those that end within the length, and those without events that end within six times the length: issuers, if
    /// anything stands below them.
    func all(with totals: [Int64: CertificateTotals.Total]) throws -> [ExpiryCandidate] {
        let horizon = now.advanced(byMilliseconds: length).milliseconds
        let far = now.advanced(byMilliseconds: min(length, .max / 16) * Self.issuerFactor).milliseconds
        guard let (condition, arguments) = condition() else { return [] }
        let near = try ids("k.not_after <= ? AND \(condition)", [.integer(horizon)] + arguments)
        let silent = try ids("k.not_after <= ? AND \(condition)", [.integer(far)] + arguments)
            .filter { totals[$0] == nil }
        var candidates = try summaries(near.filter { totals[$0] != nil })
        candidates += try issuers(summaries(silent), totals)
        return candidates
    }

    /// Those with events, among these, that end within the length.
    func near(of totals: [Int64: CertificateTotals.Total]) throws -> [ExpiryCandidate] {
        let horizon = now.advanced(byMilliseconds: length)
        return try summaries(Array(totals.keys)).filter { $0.notAfter <= horizon }
    }

    /// The rows that end within six times the length and that no roll-up knows.
    func withoutEvents() throws -> [Int64] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT k.id FROM cert k INDEXED BY cert_ending
                WHERE k.not_after <= ? AND NOT EXISTS (SELECT 1 FROM cert_total t WHERE t.cert = k.id)
                """
        )
        let far = now.advanced(byMilliseconds: min(length, .max / 16) * Self.issuerFactor)
        return try Int64.fetchAll(statement, arguments: [far.milliseconds])
    }

    /// Those of the rows below which certificates with events stand.
    func issuers(
        among silent: [Int64],
        _ totals: [Int64: CertificateTotals.Total]
    ) throws -> [ExpiryCandidate] {
        try issuers(summaries(silent), totals)
    }

    private func condition() -> (String, [FilterArgument])? {
        guard let root = filter?.root else { return ("1", []) }
        switch FilterCompiler.certificateCondition(root) ?? .never {
        case .never: return nil
        case .always: return ("1", [])
        case .sql(let sql, let values): return (sql, values)
        }
    }

    private func ids(_ condition: String, _ arguments: [FilterArgument]) throws -> [Int64] {
        try Int64.fetchAll(
            db.cachedStatement(sql: "SELECT k.id FROM cert k WHERE k.same_as IS NULL AND \(condition)"),
            arguments: arguments.statementArguments
        )
    }

    private func summaries(_ ids: [Int64]) throws -> [ExpiryCandidate] {
        if ids.isEmpty { return [] }
        let statement = try db.cachedStatement(
            sql: """
                SELECT \(EventAssembler.certificateColumns), k.identity_key FROM cert k
                WHERE k.id IN (SELECT value FROM json_each(?)) AND k.same_as IS NULL
                """
        )
        return try Row.fetchAll(statement, arguments: [ids.jsonArray]).compactMap { row in
            let summary = EventAssembler.summary(from: row)
            return summary.notAfter.map {
                ExpiryCandidate(summary: summary, notAfter: $0, identityKey: row[10])
            }
        }
    }

    /// Those of the silent ones below which certificates with events stand.
    private func issuers(
        _ silent: [ExpiryCandidate],
        _ totals: [Int64: CertificateTotals.Total]
    ) throws -> [ExpiryCandidate] {
        let below = try IssuerChains(db).dependents(of: silent.map(\.id), totals)
        return silent.compactMap { candidate in
            guard let dependents = below[candidate.id] else { return nil }
            var candidate = candidate
            candidate.role = .issuer
            candidate.dependents = dependents
            return candidate
        }
    }
}
