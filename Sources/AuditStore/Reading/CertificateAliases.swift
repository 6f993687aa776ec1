import GRDB

/// Rows of certificates that turned out to be others: one known by SHA-1 only, then seen whole.
struct CertificateAliases {
    private let canonicalIDs: [Int64: Int64]

    /// Reads the few such rows.
    init(_ db: Database) throws {
        let statement = try db.cachedStatement(sql: "SELECT id, same_as FROM cert WHERE same_as IS NOT NULL")
        var known: [Int64: Int64] = [:]
        for row in try Row.fetchAll(statement) { known[row[0]] = row[1] as Int64 }
        canonicalIDs = known
    }

    /// The row that stands for a certificate.
    func canonical(_ id: Int64) -> Int64 { canonicalIDs[id] ?? id }

    /// Every row of a certificate, itself first.
    func rows(of id: Int64) -> [Int64] {
        [id] + canonicalIDs.filter { $0.value == id }.map(\.key).sorted()
    }

    /// True when no row stands for another.
    var isEmpty: Bool { canonicalIDs.isEmpty }

    /// Every row that stands for another.
    var aliases: [Int64] { Array(canonicalIDs.keys) }
}
