/// A JSON value with its members in order, for paths where speed does not matter.
///
/// Strict by RFC 8259; a key named twice is refused, since readers disagree on which one counts. Numbers keep their
/// text. Invalid UTF-8 and lone surrogates become U+FFFD.
public enum JSONValue: Hashable, Sendable {
    /// A key and its value.
    public struct Member: Hashable, Sendable {
        /// The key, unescaped.
        public let key: String
        /// What it names.
        public let value: JSONValue

        /// A member from its parts.
        public init(key: String, value: JSONValue) {
            self.key = key
            self.value = value
        }
    }

    /// `null`
    case null
    /// `true` or `false`
    case bool(Bool)
    /// A number as it stands in the text.
    case number(String)
    /// A string, unescaped.
    case string(String)
    /// The elements in order.
    case array([JSONValue])
    /// The members in order, no key twice.
    case object([Member])

    /// Reads one value and nothing but white space beside it.
    ///
    /// - Parameters:
    ///   - text: UTF-8 bytes.
    ///   - depth: The deepest nesting of objects and arrays that is accepted.
    ///   - values: The most elements and members, of all arrays and objects together.
    /// - Throws: ``LineError`` with the column of the first mistake, counted in bytes from 1.
    public init(parsing text: [UInt8], depth: Int = 64, values: Int = .max) throws(LineError) {
        let outcome = text.withUnsafeBytes { JSONValueParser.parse($0, depth: depth, values: values) }
        switch outcome {
        case .success(let value): self = value
        case .failure(let failure):
            throw LineError(
                code: failure.kind.code,
                column: failure.offset + 1,
                message: String(describing: failure.message)
            )
        }
    }

    /// Reads one value from a string.
    public init(parsing text: String, depth: Int = 64) throws(LineError) {
        try self.init(parsing: Array(text.utf8), depth: depth)
    }

    /// The value of a key; nil when it is absent or when this is no object.
    public subscript(key: String) -> JSONValue? {
        members?.first { $0.key == key }?.value
    }

    /// The members of an object; nil for anything else.
    public var members: [Member]? {
        if case .object(let members) = self { return members }
        return nil
    }

    /// The elements of an array; nil for anything else.
    public var elements: [JSONValue]? {
        if case .array(let elements) = self { return elements }
        return nil
    }

    /// The text of a string; nil for anything else.
    public var stringValue: String? {
        if case .string(let text) = self { return text }
        return nil
    }

    /// The value of `true` and `false`; nil for anything else.
    public var boolValue: Bool? {
        if case .bool(let value) = self { return value }
        return nil
    }

    /// The value of a number without fraction and exponent that fits; nil for anything else.
    public var integerValue: Int64? {
        if case .number(let text) = self { return Int64(text) }
        return nil
    }

    /// The value of a number, as near as a `Double` comes; nil for anything else.
    public var doubleValue: Double? {
        if case .number(let text) = self { return Double(text) }
        return nil
    }

    /// Whether this is `null`.
    public var isNull: Bool {
        self == .null
    }
}
