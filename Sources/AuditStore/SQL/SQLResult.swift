/// A value of a result.
package enum SQLValue: Hashable, Sendable {
    case null
    case integer(Int64)
    case real(Double)
    /// Text, cut at ``SQLLimits/longestText`` bytes; not yet safe to show.
    case text(String)
    /// The first bytes of a blob, and how many it has.
    case blob([UInt8], count: Int)
}

/// What a SELECT found.
package struct SQLResult: Hashable, Sendable {
    /// The names of the columns; they come from the statement's text.
    package let columns: [String]
    /// The rows, each with a value for every column.
    package let rows: [[SQLValue]]
    /// True when there were more rows than the limit.
    package let isCut: Bool
    /// How long it took.
    package let milliseconds: Int64

    /// Makes a result.
    package init(columns: [String], rows: [[SQLValue]], isCut: Bool, milliseconds: Int64) {
        self.columns = columns
        self.rows = rows
        self.isCut = isCut
        self.milliseconds = milliseconds
    }
}

/// Why a statement was not carried out.
package struct SQLError: Error, Hashable, Sendable {
    /// The column of the text, from 1; nil when the place is not known.
    package let column: Int?
    /// What is wrong, in SQLite's words or ours; not yet safe to show.
    package let message: String

    /// Makes an error.
    package init(column: Int? = nil, message: String) {
        self.column = column
        self.message = message
    }
}

/// What one statement may cost.
package struct SQLLimits: Hashable, Sendable {
    /// Rows that are returned.
    package var rows: Int
    /// Milliseconds until it is stopped.
    package var milliseconds: Int64

    /// Bytes of a text that are returned.
    package static let longestText = 4096
    /// Bytes of a blob that are returned.
    package static let longestBlob = 32

    /// Makes limits.
    package init(rows: Int = 1000, milliseconds: Int64 = 5000) {
        self.rows = rows
        self.milliseconds = milliseconds
    }
}
