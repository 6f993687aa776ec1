import GRDB
import GRDBSQLite

/// A statement of the write connection, bound and stepped by C calls: a hot loop costs what raw SQLite costs.
///
/// Used from the writer's thread only. GRDB's `Statement` owns the C statement; it must be released before the
/// connection closes.
final class PreparedStatement {
    private let owner: Statement
    private var handle: OpaquePointer { owner.sqliteStatement }

    /// Compiles one statement.
    init(_ db: Database, _ sql: String) throws {
        owner = try db.makeStatement(sql: sql)
    }

    /// Binds an integer; indexes start at 1.
    @inline(__always)
    func bind(_ index: Int32, _ value: Int64) {
        sqlite3_bind_int64(handle, index, value)
    }

    /// Binds an integer, or NULL for nil.
    func bind(_ index: Int32, _ value: Int64?) {
        if let value { sqlite3_bind_int64(handle, index, value) } else { sqlite3_bind_null(handle, index) }
    }

    /// Binds an integer, or NULL for 0; what is bound is less by `offset`.
    @inline(__always)
    func bind(_ index: Int32, nonzero value: Int64, minus offset: Int64 = 0) {
        if value != 0 {
            sqlite3_bind_int64(handle, index, value - offset)
        } else {
            sqlite3_bind_null(handle, index)
        }
    }

    /// Binds a text whose bytes SQLite copies, or NULL for nil.
    func bindText(_ index: Int32, _ value: String?) {
        guard var value else {
            sqlite3_bind_null(handle, index)
            return
        }
        value.withUTF8 { bindText(index, UnsafeRawBufferPointer($0)) }
    }

    /// Binds UTF-8 bytes as a text; SQLite copies them.
    func bindText(_ index: Int32, _ bytes: UnsafeRawBufferPointer) {
        // An empty buffer has no address, and SQLite takes a null address for NULL.
        guard let start = bytes.bindMemory(to: CChar.self).baseAddress else {
            sqlite3_bind_text(handle, index, "", 0, Self.copied)
            return
        }
        sqlite3_bind_text(handle, index, start, Int32(bytes.count), Self.copied)
    }

    /// Binds bytes that SQLite copies, or NULL for nil.
    func bindBlob(_ index: Int32, _ bytes: [UInt8]?) {
        guard let bytes else {
            sqlite3_bind_null(handle, index)
            return
        }
        if bytes.isEmpty {
            sqlite3_bind_zeroblob(handle, index, 0)
        } else {
            sqlite3_bind_blob(handle, index, bytes, Int32(bytes.count), Self.copied)
        }
    }

    /// Executes a statement that returns no rows and makes it ready for the next bindings.
    func run() throws(SQLiteFailure) {
        let code = sqlite3_step(handle)
        guard code == SQLITE_DONE || code == SQLITE_ROW else {
            let failure = SQLiteFailure(code: code, statement: handle)
            sqlite3_reset(handle)
            throw failure
        }
        sqlite3_reset(handle)
    }

    /// Goes to the next row; false after the last one, when the statement is ready for the next bindings.
    func next() throws(SQLiteFailure) -> Bool {
        let code = sqlite3_step(handle)
        if code == SQLITE_ROW { return true }
        defer { sqlite3_reset(handle) }
        guard code == SQLITE_DONE else { throw SQLiteFailure(code: code, statement: handle) }
        return false
    }

    /// Ends a read before its last row.
    func reset() {
        sqlite3_reset(handle)
    }

    /// The integer in a column of the current row, counted from 0; NULL reads as 0.
    @inline(__always)
    func integer(_ column: Int32) -> Int64 {
        sqlite3_column_int64(handle, column)
    }

    /// The integer in a column of the current row, or nil for NULL.
    func optionalInteger(_ column: Int32) -> Int64? {
        sqlite3_column_type(handle, column) == SQLITE_NULL ? nil : sqlite3_column_int64(handle, column)
    }

    /// The rows that the last statement of this connection inserted, updated or deleted.
    var changedRows: Int32 { sqlite3_changes(sqlite3_db_handle(handle)) }

    /// The number of columns of a row.
    var columnCount: Int32 { sqlite3_column_count(handle) }

    /// Whether a column of the current row is NULL.
    func isNull(_ column: Int32) -> Bool {
        sqlite3_column_type(handle, column) == SQLITE_NULL
    }

    /// Lends the bytes of a text or blob column of the current row; empty for NULL.
    func withBytes<Result>(_ column: Int32, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        let start = sqlite3_column_blob(handle, column)
        return body(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column))))
    }

    /// A copy of a text column of the current row, or nil for NULL; bytes that are no UTF-8 become U+FFFD.
    func text(_ column: Int32) -> String? {
        sqlite3_column_type(handle, column) == SQLITE_NULL
            ? nil : withBytes(column) { String(decoding: $0, as: UTF8.self) }
    }

    /// A copy of a blob column of the current row, or nil for NULL.
    func blob(_ column: Int32) -> [UInt8]? {
        sqlite3_column_type(handle, column) == SQLITE_NULL ? nil : withBytes(column) { Array($0) }
    }

    /// SQLITE_TRANSIENT, a macro that Swift does not see.
    private static var copied: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }
}
