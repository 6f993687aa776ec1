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

    /// Ends the call when it was told to stop.
    ///
    /// SQLite hears an interrupt only inside a statement, so loops over
    /// statements ask here.
    func checkpoint() throws {
        if isStopped() { throw DatabaseError(resultCode: .SQLITE_INTERRUPT) }
    }
}
