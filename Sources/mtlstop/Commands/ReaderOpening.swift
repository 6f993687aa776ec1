import AuditStore

extension Places {
    /// Runs a body with a reader of the database; errors of the store become failures with advice.
    func reading<Result>(_ body: (AuditReader) throws -> Result) throws -> Result {
        do {
            return try body(try AuditReader(path: database))
        } catch let error as StoreError {
            throw Failure(reading: error)
        }
    }
}
