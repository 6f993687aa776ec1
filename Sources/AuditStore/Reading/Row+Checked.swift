import GRDB

/// A column holds what its schema rules out: the file was made or changed by somebody else.
struct UnexpectedValue: Error {
    /// The name of the column.
    let column: String
}

// GRDB's own subscripts end the program when a value is not of the type they were asked for. A database is a file that
// comes from outside, so every value is asked for here.
extension Row {
    /// The blob of a column; nil when it is none.
    func bytes(_ index: Int) -> [UInt8]? {
        guard case .blob(let data) = storage(index) else { return nil }
        return Array(data)
    }

    /// The integer of a column, however large; nil when it is none.
    func integer(_ index: Int) -> Int64? {
        guard case .int64(let value) = storage(index) else { return nil }
        return value
    }

    /// The text of a column; nil when it is none.
    func text(_ index: Int) -> String? {
        guard case .string(let value) = storage(index) else { return nil }
        return value
    }

    /// The integer of a column as a truth; nil when it is none.
    func truth(_ index: Int) -> Bool? {
        integer(index).map { $0 != 0 }
    }

    /// The integer of a column that always has one.
    func required(_ index: Int) throws -> Int64 {
        if let value = integer(index) { return value }
        throw UnexpectedValue(column: name(index))
    }

    func storage(_ index: Int) -> DatabaseValue.Storage {
        index < count ? (self[index] as DatabaseValue).storage : .null
    }
}
