package import CertCore

/// What the filter language calls by a name and only the asking program knows: marked rows, rows with a note.
package struct FilterSelections: Hashable, Sendable {
    /// The filter behind `is:NAME`, by that name.
    package var states: [String: AuditFilter]
    /// The filter behind `has:NAME`, by that name.
    package var belongings: [String: AuditFilter]

    /// Makes selections; without any, `is:marked` is an error as any unknown state is.
    package init(states: [String: AuditFilter] = [:], belongings: [String: AuditFilter] = [:]) {
        self.states = states
        self.belongings = belongings
    }

    /// The tree behind a condition; nil when it is none of these.
    func node(_ word: String, _ value: String) -> FilterNode? {
        let filter =
            switch word.lowercased() {
            case FilterWord.state.name: states[value.lowercased()]
            case "has": belongings[value.lowercased()]
            default: nil as AuditFilter?
            }
        return filter.map { $0.root ?? .all([]) }
    }
}

extension AuditFilter {
    /// Reads a text in which selections may be named.
    ///
    /// - Throws: the place and what would be right there.
    package init(parsing text: String, now: Timestamp, selections: FilterSelections) throws(FilterError) {
        self.init(root: try FilterParser.parse(text, now: now, selections: selections), text: text)
    }

    /// A filter that lets pass what any of these lets pass; nothing without one.
    package static func any(_ filters: [AuditFilter]) -> AuditFilter {
        let nodes = filters.map { $0.root ?? .all([]) }
        let text = filters.map { "(\($0.text))" }.joined(separator: " or ")
        return AuditFilter(root: nodes.isEmpty ? .term(.id(.less, 0)) : .any(nodes), text: text)
    }
}
