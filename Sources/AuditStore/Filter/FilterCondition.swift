/// A filter, or a part of one, in the words of SQL: only names of columns and bound arguments, never a user's text.
enum FilterCondition: Hashable, Sendable {
    case always
    case never
    case sql(String, [FilterArgument])

    /// True only when every part is.
    static func all(_ parts: [FilterCondition]) -> FilterCondition {
        var texts: [String] = []
        var arguments: [FilterArgument] = []
        for part in parts {
            switch part {
            case .always: continue
            case .never: return .never
            case .sql(let text, let values):
                texts.append(text)
                arguments += values
            }
        }
        if texts.count == 1 { return .sql(texts[0], arguments) }
        return texts.isEmpty ? .always : .sql("(" + texts.joined(separator: " AND ") + ")", arguments)
    }

    /// True when one part is.
    static func any(_ parts: [FilterCondition]) -> FilterCondition {
        var texts: [String] = []
        var arguments: [FilterArgument] = []
        for part in parts {
            switch part {
            case .always: return .always
            case .never: continue
            case .sql(let text, let values):
                texts.append(text)
                arguments += values
            }
        }
        if texts.count == 1 { return .sql(texts[0], arguments) }
        return texts.isEmpty ? .never : .sql("(" + texts.joined(separator: " OR ") + ")", arguments)
    }

    /// The opposite.
    ///
    /// Every condition made here is 0 or 1, never NULL, so the opposite is exact.
    var negated: FilterCondition {
        switch self {
        case .always: .never
        case .never: .always
        case .sql(let text, let arguments): .sql("NOT (\(text))", arguments)
        }
    }
}

/// A bound value.
enum FilterArgument: Hashable, Sendable {
    case integer(Int64)
    case text(String)
}
