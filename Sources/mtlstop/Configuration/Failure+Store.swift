import AuditStore

extension Failure {
    /// Why an audit database cannot be read, with its exit code and what to do.
    init(reading error: StoreError) {
        let (status, remedy) = Self.answer(to: error.code)
        let why = error.cause.map { error.message + ": " + $0 } ?? error.message
        self.init(status, what: error.path, why: why, remedy: remedy)
    }

    private static func answer(to code: StoreError.Code) -> (ExitStatus, String?) {
        switch code {
        case .notFound: (.inputNotFound, "start mtlstop collect, or name the database with --db PATH")
        case .ambiguous: (.inputNotFound, "give more digits")
        case .notADatabase: (.badInputData, "name an audit database with --db PATH")
        case .newerSchema: (.badInputData, "use the release that wrote it, or a newer one")
        case .corrupt: (.badInputData, "mtlstop verify says what is damaged")
        case .notPermitted, .readOnly: (.notPermitted, "run as a user who may read it")
        case .heldByAnother: (.heldByAnotherProcess, nil)
        default: (.ioError, nil)
        }
    }
}
