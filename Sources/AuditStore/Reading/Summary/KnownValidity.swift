import GRDB

/// What a tally must know of a certificate at its first sight.
struct KnownValidity {
    /// When it is valid, and the first event ever stored with it.
    struct Validity {
        var notBefore: Int64 = .min
        var notAfter: Int64 = .max
        var firstEvent: Int64 = 0
    }

    private let statement: Statement

    init(_ db: Database) throws {
        statement = try db.makeStatement(sql: "SELECT not_before, not_after, first_event FROM cert WHERE id = ?")
    }

    /// The validity of a certificate; open ends where its row says nothing.
    func validity(of id: Int64) throws -> Validity {
        guard let row = try Row.fetchOne(statement, arguments: [id]) else { return Validity() }
        return Validity(
            notBefore: Int64.fromDatabaseValue(row[0]) ?? .min,
            notAfter: Int64.fromDatabaseValue(row[1]) ?? .max,
            firstEvent: Int64.fromDatabaseValue(row[2]) ?? 0
        )
    }
}
