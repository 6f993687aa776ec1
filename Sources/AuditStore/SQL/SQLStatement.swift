import GRDBSQLite

/// A prepared SELECT; one owner, finalised with it.
final class SQLStatement {
    private let handle: OpaquePointer

    /// Prepares the one statement of a text.
    ///
    /// - Throws: the place of what SQLite does not understand; for two statements, and for none.
    init(_ text: String, _ connection: OpaquePointer) throws(SQLError) {
        guard text.utf8.count <= SQLConnection.longestStatement, !text.utf8.contains(0) else {
            throw SQLError(message: "a statement holds at most \(SQLConnection.longestStatement) bytes and no NUL")
        }
        var prepared: OpaquePointer?
        var rest = 0
        let bytes = Array(text.utf8) + [0]
        let status = bytes.withUnsafeBytes { buffer in
            let start = buffer.bindMemory(to: CChar.self).baseAddress
            var tail: UnsafePointer<CChar>?
            let status = sqlite3_prepare_v2(connection, start, Int32(buffer.count), &prepared, &tail)
            if let start, let tail { rest = tail - start }
            return status
        }
        guard status == SQLITE_OK else { throw Self.error(connection, text) }
        guard let prepared else { throw SQLError(column: 1, message: "a SELECT is missing") }
        handle = prepared
        if let second = bytes[rest...].firstIndex(where: { !Self.isBlank($0) && $0 != 0 }) {
            throw SQLError(column: Self.column(second, in: text), message: "one statement at a time")
        }
        guard sqlite3_stmt_readonly(prepared) != 0, sqlite3_column_count(prepared) > 0 else {
            throw SQLError(column: 1, message: "only SELECT is allowed")
        }
    }

    deinit { sqlite3_finalize(handle) }

    func step() -> Int32 { sqlite3_step(handle) }

    var columns: [String] {
        (0..<sqlite3_column_count(handle)).map { column in
            sqlite3_column_name(handle, column).map { String(cString: $0) } ?? ""
        }
    }

    /// The values of the row that the last step found.
    var row: [SQLValue] { (0..<sqlite3_column_count(handle)).map(value) }

    private func value(_ column: Int32) -> SQLValue {
        switch sqlite3_column_type(handle, column) {
        case SQLITE_INTEGER: return .integer(sqlite3_column_int64(handle, column))
        case SQLITE_FLOAT: return .real(sqlite3_column_double(handle, column))
        case SQLITE_TEXT: return .text(String(decoding: bytes(column, SQLLimits.longestText), as: UTF8.self))
        case SQLITE_BLOB:
            let head = bytes(column, SQLLimits.longestBlob)
            return .blob(head, count: Int(sqlite3_column_bytes(handle, column)))
        default: return .null
        }
    }

    private func bytes(_ column: Int32, _ most: Int) -> [UInt8] {
        guard let start = sqlite3_column_blob(handle, column) else { return [] }
        let count = min(most, Int(sqlite3_column_bytes(handle, column)))
        return Array(UnsafeRawBufferPointer(start: start, count: count))
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: ";") || (0x09...0x0D).contains(byte)
    }

    /// What the connection says went wrong, with its place in the text.
    static func error(_ connection: OpaquePointer, _ text: String) -> SQLError {
        let message = String(cString: sqlite3_errmsg(connection))
        let offset = Int(sqlite3_error_offset(connection))
        let isRefused = sqlite3_errcode(connection) & 0xff == SQLITE_AUTH
        return SQLError(
            column: offset >= 0 ? column(offset, in: text) : nil,
            message: isRefused ? "only SELECT is allowed, and no PRAGMA, ATTACH or load_extension" : message
        )
    }

    /// The column of a byte, from 1.
    private static func column(_ offset: Int, in text: String) -> Int {
        String(decoding: text.utf8.prefix(offset), as: UTF8.self).unicodeScalars.count + 1
    }
}
