import GRDBSQLite

/// A connection for one statement that somebody typed: it can read this database and nothing else.
///
/// The file is opened read-only; the authoriser lets SELECT, reading and functions pass, and refuses everything else
/// (ATTACH, PRAGMA, transactions, writing, `load_extension`); values are bounded, so no function can fill the memory.
final class SQLConnection {
    private let handle: OpaquePointer
    private let watch: SQLWatch

    /// SQLite asks the watch after so many steps of its machine: a few milliseconds.
    private static let stepsBetweenLooks: Int32 = 20_000
    /// The longest text, blob or row.
    private static let longestValue: Int32 = 4 << 20
    /// The longest statement.
    static let longestStatement = 64 << 10

    init(path: String, watch: SQLWatch) throws(SQLError) {
        var opened: OpaquePointer?
        let status = sqlite3_open_v2(path, &opened, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nil)
        guard status == SQLITE_OK, let opened else {
            if let opened { sqlite3_close_v2(opened) }
            throw SQLError(message: String(cString: sqlite3_errstr(status)))
        }
        handle = opened
        self.watch = watch
        sqlite3_busy_timeout(handle, 2000)
        sqlite3_exec(handle, "PRAGMA query_only = ON; PRAGMA trusted_schema = OFF", nil, nil, nil)
        sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, Self.longestValue)
        sqlite3_limit(handle, SQLITE_LIMIT_SQL_LENGTH, Int32(Self.longestStatement))
        sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0)
        sqlite3_set_authorizer(handle, Self.authorise, nil)
        sqlite3_progress_handler(
            handle,
            Self.stepsBetweenLooks,
            { context in
                guard let context else { return 0 }
                return Unmanaged<SQLWatch>.fromOpaque(context).takeUnretainedValue().isOver ? 1 : 0
            },
            Unmanaged.passUnretained(watch).toOpaque()
        )
    }

    deinit {
        // The handler holds the watch's address, so it goes before the watch does.
        sqlite3_progress_handler(handle, 0, nil, nil)
        sqlite3_close_v2(handle)
    }

    private static let authorise:
        @convention(c) (
            UnsafeMutableRawPointer?, Int32, UnsafePointer<CChar>?, UnsafePointer<CChar>?, UnsafePointer<CChar>?,
            UnsafePointer<CChar>?
        ) -> Int32 = { _, action, _, second, _, _ in
            switch action {
            case SQLITE_SELECT, SQLITE_READ, SQLITE_RECURSIVE: return SQLITE_OK
            case SQLITE_FUNCTION:
                let name = second.map { String(cString: $0).lowercased() } ?? ""
                return name == "load_extension" ? SQLITE_DENY : SQLITE_OK
            default: return SQLITE_DENY
            }
        }

    /// Carries out one statement.
    func run(_ text: String, limits: SQLLimits) throws(SQLError) -> (columns: [String], rows: [[SQLValue]], isCut: Bool)
    {
        let statement = try SQLStatement(text, handle)
        let columns = statement.columns
        var rows: [[SQLValue]] = []
        while rows.count < limits.rows {
            guard try step(statement, text) else { return (columns, rows, false) }
            rows.append(statement.row)
        }
        return (columns, rows, try step(statement, text))
    }

    private func step(_ statement: SQLStatement, _ text: String) throws(SQLError) -> Bool {
        switch statement.step() {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case SQLITE_INTERRUPT: throw SQLError(message: watch.reason)
        default: throw SQLStatement.error(handle, text)
        }
    }
}
