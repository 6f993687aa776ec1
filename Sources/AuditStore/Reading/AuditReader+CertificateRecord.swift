import CertCore
import GRDB

extension AuditReader {
    /// All that is known about one certificate.
    ///
    /// - Parameter text: the first digits of its SHA-256 or SHA-1 (at least four; colons and case are free), or `#`
    ///   and the certificate's id.
    /// - Throws: `ambiguous` when the digits fit several certificates, with a few of them in the message.
    public func certificate(matching text: String) throws(StoreError) -> CertificateRecord? {
        try read { snapshot in
            guard let id = try CertificateFinder(db: snapshot.db, path: path).id(matching: text) else { return nil }
            return try CertificateRecorder(snapshot: snapshot, id: id).record()
        }
    }

    /// All that is known about one certificate, by its id.
    public func certificate(id: Int64) throws(StoreError) -> CertificateRecord? {
        try read { snapshot in
            let id = try CertificateAliases(snapshot.db).canonical(id)
            return try CertificateRecorder(snapshot: snapshot, id: id).record()
        }
    }
}

extension AuditReader {
    /// A certificate itself, by its id; nil when only claims about it are stored.
    package func certificateDER(id: Int64) throws(StoreError) -> [UInt8]? {
        try read { snapshot in try snapshot.der(of: id) }
    }
}

/// Finds a certificate by what people type.
private struct CertificateFinder {
    let db: Database
    let path: String

    func id(matching text: String) throws -> Int64? {
        let aliases = try CertificateAliases(db)
        if text.hasPrefix("#") { return Int64(text.dropFirst()).map(aliases.canonical) }
        var digits = text.lowercased()
        for prefix in ["sha256:", "sha1:"] where digits.hasPrefix(prefix) { digits.removeFirst(prefix.count) }
        digits.removeAll { $0 == ":" }
        guard digits.utf8.count >= 4, digits.allSatisfy(\.isHexDigit) else { return nil }
        guard case .sql(let condition, let arguments) = FilterResolver.fingerprint(digits) else { return nil }
        let sql =
            "SELECT k.id, hex(ifnull(k.sha256, k.sha1)) FROM cert k WHERE k.same_as IS NULL AND \(condition) LIMIT 4"
        let rows = try Row.fetchAll(db, sql: sql, arguments: arguments.statementArguments)
        if rows.count > 1 {
            let names = rows.prefix(3).map { ($0[1] as String).prefix(16).lowercased() }.joined(separator: ", ")
            throw StoreError(
                .ambiguous,
                path: path,
                message: "more than one certificate starts with \(digits): \(names)\(rows.count > 3 ? " …" : "")"
            )
        }
        return rows.first?[0]
    }
}

/// Gathers a ``CertificateRecord``.
private struct CertificateRecorder {
    /// How many of the newest events the lists of names are counted over.
    static let sample = 2000
    /// How many ids are looked at for them: about half a second.
    static let scanLimit = 4_000_000

    let snapshot: Snapshot
    let id: Int64

    private var db: Database { snapshot.db }

    func record() throws -> CertificateRecord? {
        let sql = "SELECT \(EventAssembler.certificateColumns), k.der FROM cert k WHERE k.id = ?"
        guard let row = try Row.fetchOne(db.cachedStatement(sql: sql), arguments: [id]) else { return nil }
        let aliases = try CertificateAliases(db)
        let summary = EventAssembler.summary(from: row)
        let total = try CertificateTotals(snapshot).all(of: [id], aliases)[id]
        let names = try self.names(aliases)
        return CertificateRecord(
            usage: total?.usage(summary)
                ?? CertificateUsage(
                    certificate: summary,
                    accepted: 0,
                    rejected: 0,
                    firstSeen: nil,
                    lastSeen: nil,
                    lastOutcome: nil
                ),
            der: row.bytes(10),
            issuers: try issuers(),
            days: try days(aliases),
            addresses: names.addresses,
            paths: names.paths,
            services: names.services,
            hours: names.hours,
            sampledEvents: names.events,
            lastRejection: total.map { $0.rejected > 0 } == true ? try lastRejection(aliases) : nil
        )
    }

    private func issuers() throws -> [[UInt8]] {
        let sql = """
            SELECT k.der FROM cert_issuer i JOIN cert k ON k.id = i.issuer_cert
            WHERE i.cert = ? AND k.der IS NOT NULL ORDER BY i.position
            """
        return try Row.fetchAll(db.cachedStatement(sql: sql), arguments: [id]).compactMap { $0.bytes(0) }
    }

    private func days(_ aliases: CertificateAliases) throws -> [CertificateRecord.DayUse] {
        let list = "[" + aliases.rows(of: id).map(String.init).joined(separator: ",") + "]"
        let sql = """
            SELECT bucket, sum(accepted), sum(rejected) FROM (
                SELECT bucket, accepted, rejected FROM cert_use
                WHERE span = \(RollupSpan.day.rawValue) AND cert IN (SELECT value FROM json_each(?1))
                UNION ALL
                SELECT ts / 86400000 - (ts % 86400000 < 0), outcome = 0, outcome <> 0 FROM event
                WHERE id > ?2 AND cert IN (SELECT value FROM json_each(?1))
            ) GROUP BY bucket ORDER BY bucket
            """
        let rows = try Row.fetchAll(db.cachedStatement(sql: sql), arguments: [list, try db.derivedUpTo()])
        return rows.map { row in
            CertificateRecord.DayUse(
                day: Timestamp(milliseconds: Self.milliseconds(ofDay: row[0])),
                accepted: row[1],
                rejected: row[2]
            )
        }
    }

    private static func milliseconds(ofDay day: Int64) -> Int64 {
        let (product, overflow) = day.multipliedReportingOverflow(by: 86_400_000)
        return overflow ? .max : product
    }

    private func plan(_ aliases: CertificateAliases) -> FilterPlan {
        var plan = FilterPlan()
        let rows = aliases.rows(of: id)
        plan.certificates = Set(rows)
        plan.condition = FilterResolver(db: db).membership("e.cert", rows)
        return plan
    }

    private func lastRejection(_ aliases: CertificateAliases) throws -> EventRow? {
        var plan = plan(aliases)
        plan.isRejectedOnly = true
        let query = EventQuery(limit: 1)
        guard let ids = try db.eventIDs() else { return nil }
        return try EventPager(snapshot, query: query, plan: plan).page(ids).rows.first
    }

    private func names(
        _ aliases: CertificateAliases
    ) throws -> (
        addresses: [CertificateRecord.Count], paths: [CertificateRecord.Count],
        services: [CertificateRecord.Count], hours: [Int], events: Int
    ) {
        guard let ids = try db.eventIDs() else { return ([], [], [], [], 0) }
        let query = EventQuery(limit: Self.sample, scanLimit: Self.scanLimit)
        let rows = try EventPager(snapshot, query: query, plan: plan(aliases)).page(ids).rows
        return (
            Self.counts(rows.compactMap(\.ip)), Self.counts(rows.compactMap(\.path)),
            Self.counts(rows.compactMap(\.service)), Self.hours(rows), rows.count
        )
    }

    private static func hours(_ rows: [EventRow]) -> [Int] {
        var hours = [Int](repeating: 0, count: 24)
        for row in rows {
            let millisecond = (row.time.milliseconds % 86_400_000 + 86_400_000) % 86_400_000
            hours[Int(millisecond / 3_600_000)] += 1
        }
        return hours
    }

    private static func counts(_ names: [String]) -> [CertificateRecord.Count] {
        var counts: [String: Int64] = [:]
        for name in names { counts[name, default: 0] += 1 }
        let sorted = counts.sorted { ($0.value, $1.key) > ($1.value, $0.key) }
        return sorted.prefix(20).map { CertificateRecord.Count(name: $0.key, count: $0.value) }
    }
}
