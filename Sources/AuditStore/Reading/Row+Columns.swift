import GRDB
import Synchronization

/// Where the readers of one snapshot note that a column holds what its schema rules out.
///
/// The value they go on with is harmless; the question as a whole then ends with an error.
final class ColumnTrouble: Sendable {
    /// The trouble of the question that this thread is answering.
    @TaskLocal static var current: ColumnTrouble?

    private let column = Mutex<String?>(nil)

    /// Notes a column.
    func note(_ name: String) {
        column.withLock { $0 = $0 ?? name }
    }

    /// Ends the question when something was noted.
    func check() throws {
        if let name = column.withLock({ $0 }) { throw UnexpectedValue(column: name) }
    }
}

// The same subscripts that GRDB has, for the types our columns have: these are preferred, and never end the program.
extension Row {
    /// The integer of a column that always has one.
    subscript(index: Int) -> Int64 {
        if case .int64(let value) = storage(index), value.isPlausible { return value }
        return unexpected(index, 0)
    }

    /// The integer of a column that may be NULL.
    subscript(index: Int) -> Int64? {
        switch storage(index) {
        case .int64(let value) where value.isPlausible: value
        case .null: nil
        default: unexpected(index, nil)
        }
    }

    /// The small integer of a column that always has one.
    subscript(index: Int) -> Int {
        Int(self[index] as Int64)
    }

    /// The small integer of a column that may be NULL.
    subscript(index: Int) -> Int? {
        (self[index] as Int64?).map { Int($0) }
    }

    /// The integer of a column that fits 32 bits, or is NULL.
    subscript(index: Int) -> Int32? {
        guard let value = self[index] as Int64? else { return nil }
        return Int32(exactly: value) ?? unexpected(index, nil)
    }

    /// The integer of a column that fits 32 bits without a sign, or is NULL.
    subscript(index: Int) -> UInt32? {
        guard let value = self[index] as Int64? else { return nil }
        return UInt32(exactly: value) ?? unexpected(index, nil)
    }

    /// The truth of a column that may be NULL.
    subscript(index: Int) -> Bool? {
        (self[index] as Int64?).map { $0 != 0 }
    }

    /// The text of a column that always has one.
    subscript(index: Int) -> String {
        if case .string(let value) = storage(index) { return value }
        return unexpected(index, "")
    }

    /// The text of a column that may be NULL.
    subscript(index: Int) -> String? {
        switch storage(index) {
        case .string(let value): value
        case .null: nil
        default: unexpected(index, nil)
        }
    }

    /// The name of a column, for an error.
    func name(_ index: Int) -> String {
        index >= 0 && index < count ? Array(columnNames)[index] : "?"
    }

    private func unexpected<Value>(_ index: Int, _ value: Value) -> Value {
        ColumnTrouble.current?.note(name(index))
        return value
    }
}
