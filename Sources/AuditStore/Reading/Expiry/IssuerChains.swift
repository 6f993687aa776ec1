import GRDB

/// Who stands above whom, from the chains that came with certificates.
struct IssuerChains {
    private let db: Database
    private let aliases: CertificateAliases

    init(_ db: Database) throws {
        self.db = db
        aliases = try CertificateAliases(db)
    }

    /// The certificates below any of these issuers.
    func leaves(of issuers: [Int64]) throws -> Set<Int64> {
        if issuers.isEmpty { return [] }
        let statement = try db.cachedStatement(
            sql: "SELECT DISTINCT cert FROM cert_issuer WHERE issuer_cert IN (SELECT value FROM json_each(?))"
        )
        return Set(try Int64.fetchAll(statement, arguments: [issuers.jsonArray]).map(aliases.canonical))
    }

    /// The certificates with events below each of these issuers; an issuer with nothing below is left out.
    func dependents(
        of issuers: [Int64],
        _ totals: [Int64: CertificateTotals.Total]
    ) throws -> [Int64: Set<Int64>] {
        if issuers.isEmpty { return [:] }
        let statement = try db.cachedStatement(
            sql: "SELECT cert, issuer_cert FROM cert_issuer WHERE issuer_cert IN (SELECT value FROM json_each(?))"
        )
        let rows = try Row.fetchCursor(statement, arguments: [issuers.jsonArray])
        var below: [Int64: Set<Int64>] = [:]
        while let row = try rows.next() {
            let leaf = aliases.canonical(row[0])
            if totals[leaf] != nil { below[row[1], default: []].insert(leaf) }
        }
        return below
    }
}
