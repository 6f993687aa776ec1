import CertCore
import GRDB

extension AuditReader {
    /// Certificates that were used, with their numbers.
    ///
    /// A filter over certificates alone costs nothing but the list; one over events looks through the log and counts
    /// the events that match.
    public func certificates(_ query: CertificateQuery = CertificateQuery()) throws(StoreError) -> [CertificateUsage] {
        try read { snapshot in try CertificateList(snapshot: snapshot, query: query).usages() }
    }
}

/// Answers ``AuditReader/certificates(_:)``.
private struct CertificateList {
    let snapshot: Snapshot
    let query: CertificateQuery

    private struct Entry {
        var id: Int64
        var name: String
        var notAfter: Int64?
        var total: CertificateTotals.Total
    }

    func usages() throws -> [CertificateUsage] {
        let aliases = try CertificateAliases(snapshot.db)
        let entries = try self.entries(aliases).sorted { query.isReversed ? isBefore($1, $0) : isBefore($0, $1) }
            .prefix(max(0, query.limit))
        let assembler = EventAssembler(snapshot.db)
        return try entries.map { $0.total.usage(try assembler.summary($0.id)) }
    }

    private func entries(_ aliases: CertificateAliases) throws -> [Entry] {
        let totals = CertificateTotals(snapshot)
        guard let root = query.filter?.root else {
            if let front = try front(totals, aliases) {
                return try entries(
                    totals.all(of: front, aliases),
                    .sql("k.id IN (SELECT value FROM json_each(?))", [.text(front.jsonArray)])
                )
            }
            return try entries(totals.all(aliases), .always)
        }
        if let condition = FilterCompiler.certificateCondition(root) {
            return try entries(totals.all(aliases), condition)
        }
        return try entries(totals.scanned(FilterCompiler(snapshot.db).plan(query.filter), aliases), .always)
    }

    /// Certificates among which the first of the list are, without reading all; nil where no index has the order.
    ///
    /// Those the roll-ups are not complete for are always among them.
    private func front(_ totals: CertificateTotals, _ aliases: CertificateAliases) throws -> Set<Int64>? {
        let apart = try totals.unsettled(aliases)
        let limit = max(0, query.limit).addingReportingOverflow(apart.count + aliases.aliases.count)
        guard let sql = frontSQL, !limit.overflow else { return nil }
        let first = try Int64.fetchAll(snapshot.db.cachedStatement(sql: sql), arguments: [limit.partialValue])
        if query.order == .expiry && first.count < limit.partialValue { return nil }
        return apart.union(first.map(aliases.canonical))
    }

    /// Without an end a certificate is in no index of ends: a list that is too short is made from all of them.
    private var frontSQL: String? {
        // The indexes are read from one end.
        guard !query.isReversed else { return nil }
        return switch query.order {
        case .lastSeen: "SELECT cert FROM cert_total ORDER BY last_ts DESC, last_id DESC LIMIT ?"
        case .uses: "SELECT cert FROM cert_total ORDER BY accepted + rejected DESC, cert LIMIT ?"
        case .expiry:
            """
            SELECT k.id FROM cert k WHERE k.not_after IS NOT NULL
                AND EXISTS (SELECT 1 FROM cert_total t WHERE t.cert = k.id) ORDER BY k.not_after, k.id LIMIT ?
            """
        case .subject: nil
        }
    }

    private func entries(
        _ totals: [Int64: CertificateTotals.Total],
        _ condition: FilterCondition
    ) throws -> [Entry] {
        var text = "1"
        var arguments: [FilterArgument] = []
        switch condition {
        case .never: return []
        case .always: break
        case .sql(let sql, let values):
            text = sql
            arguments = values
        }
        // Ids and names only: the whole certificates are fetched for the part that is shown.
        let sql =
            "SELECT k.id, coalesce(k.cn, k.subject, ''), k.not_after FROM cert k WHERE k.same_as IS NULL AND \(text)"
        let rows = try Row.fetchCursor(snapshot.db.cachedStatement(sql: sql), arguments: arguments.statementArguments)
        var result: [Entry] = []
        while let row = try rows.next() {
            if let total = totals[row[0]], isInTime(total) {
                result.append(Entry(id: row[0], name: row[1], notAfter: row[2], total: total))
            }
        }
        return result
    }

    private func isInTime(_ total: CertificateTotals.Total) -> Bool {
        total.last >= query.since?.milliseconds ?? .min && total.first < query.until?.milliseconds ?? .max
    }

    private func isBefore(_ left: Entry, _ right: Entry) -> Bool {
        switch query.order {
        case .lastSeen: (left.total.last, left.total.lastID) > (right.total.last, right.total.lastID)
        case .uses:
            (left.total.accepted + left.total.rejected, right.id) > (
                right.total.accepted + right.total.rejected, left.id
            )
        case .subject: (left.name, left.id) < (right.name, right.id)
        case .expiry: (left.notAfter ?? .max, left.id) < (right.notAfter ?? .max, right.id)
        }
    }
}
