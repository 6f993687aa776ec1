import GRDB

/// One consistent view of the database, for the length of a call.
struct Snapshot {
    /// The connection within its transaction.
    let db: Database
    /// True once the call was told to stop.
    let isStopped: () -> Bool

    init(db: Database, isStopped: @escaping () -> Bool) {
        self.db = db
        self.isStopped = isStopped
    }

    /// The DER of a certificate by its row; nil when only claims about it are stored.
    func der(of certificate: Int64) throws -> [UInt8]? {
        let statement = try db.cachedStatement(sql: "SELECT der FROM cert WHERE id = ?")
        return try Row.fetchOne(statement, arguments: [certificate])?.bytes(0)
    }

    /// Ends the call when it was told to stop.
    ///
    /// SQLite hears an interrupt only inside a statement, so loops over
    /// statements ask here.
    func checkpoint() throws {
        if isStopped() { throw DatabaseError(resultCode: .SQLITE_INTERRUPT) }
    }
}
