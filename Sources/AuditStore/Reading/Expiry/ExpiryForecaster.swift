import CertCore
import GRDB

/// Answers ``AuditReader/expiryForecast(now:)``.
struct ExpiryForecaster {
    let snapshot: Snapshot
    let now: Timestamp

    func forecast() throws -> ExpiryForecast {
        let aliases = try CertificateAliases(snapshot.db)
        let window = try ExpiryWindow(snapshot, now: now.milliseconds, aliases)
        let used = window.uses.filter { $0.value.accepted > 0 }
        return ExpiryForecast(now: now, accepted: window.accepted, ends: try ends(of: used))
    }

    /// A certificate whose end nobody told has no place in a forecast.
    private func ends(of used: [Int64: ExpiryWindow.Use]) throws -> [ExpiryEnd] {
        let statement = try snapshot.db.cachedStatement(
            sql: """
                SELECT \(EventAssembler.certificateColumns), (
                    SELECT min(c.not_after) FROM cert_issuer i JOIN cert c ON c.id = i.issuer_cert WHERE i.cert = k.id
                ) FROM cert k WHERE k.id IN (SELECT value FROM json_each(?)) AND k.not_after IS NOT NULL
                """
        )
        let rows = try Row.fetchCursor(statement, arguments: [used.keys.jsonArray])
        var ends: [ExpiryEnd] = []
        while let row = try rows.next() {
            let summary = EventAssembler.summary(from: row)
            guard let own = summary.notAfter else { continue }
            let chain = (row[10] as Int64?).map { Timestamp(milliseconds: $0) }
            ends.append(
                ExpiryEnd(
                    time: min(own, chain ?? own),
                    certificate: summary.id,
                    name: summary.displayName,
                    issuer: summary.issuer,
                    uses: used[summary.id]?.accepted ?? 0
                )
            )
        }
        return ends
    }
}
