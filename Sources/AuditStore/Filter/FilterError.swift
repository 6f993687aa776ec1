/// Why a filter text cannot be understood, and where.
public struct FilterError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The place in the text, counted in characters from 1.
    public let column: Int
    /// What is wrong and what would be right; may quote the text, so it is shown only escaped.
    public let message: String

    /// Makes an error.
    package init(column: Int, message: String) {
        self.column = column
        self.message = message
    }

    /// The message with its place.
    public var description: String { "column \(column): \(message)" }
}
