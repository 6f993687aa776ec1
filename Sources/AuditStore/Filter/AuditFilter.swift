public import CertCore

/// Which events or certificates: one language for the dashboard, the command line and reports.
///
/// Conditions are `word:value` (matches), `word=value` (is exactly), `word~value` (contains) and, for numbers and
/// times, `<` `>` `<=` `>=`; they are joined by `and` (which may be left out), `or`, `not` and parentheses.
/// A word alone is searched in subject, path, address and reason. Times relative to now are settled when the text
/// is read, so a filter is a constant value.
public struct AuditFilter: Hashable, Sendable, CustomStringConvertible {
    /// Everything.
    public static let all = AuditFilter(root: nil, text: "")

    /// The filter as it was written.
    public let text: String
    let root: FilterNode?

    init(root: FilterNode?, text: String) {
        self.root = root
        self.text = text
    }

    /// Reads a text; an empty one lets everything pass.
    ///
    /// - Throws: the place and what would be right there.
    public init(parsing text: String, now: Timestamp) throws(FilterError) {
        root = try FilterParser.parse(text, now: now)
        self.text = text
    }

    /// True when it lets everything pass.
    public var isAll: Bool { root == nil }

    /// The filter as it was written.
    public var description: String { text }

    /// A filter that both must let pass.
    public func joined(with other: AuditFilter) -> AuditFilter {
        guard let root else { return other }
        guard let second = other.root else { return self }
        return AuditFilter(root: .all([root, second]), text: "(\(text)) and (\(other.text))")
    }
}
