/// A piece of a filter text with its place.
struct FilterToken: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        case open
        case close
        case and
        case or
        case not
        case bare(FilterText)
        case term(word: String, operation: FilterOperator, value: FilterText, valueColumn: Int)
    }

    var kind: Kind
    /// Characters from 1.
    var column: Int
}

/// A value as written; in quotes, `*` and `?` are ordinary characters.
struct FilterText: Hashable, Sendable {
    var text: String
    var isQuoted: Bool
}

/// What stands between a word and its value.
enum FilterOperator: String, Hashable, Sendable, CaseIterable {
    case matches = ":"
    case equals = "="
    case contains = "~"
    case less = "<"
    case greater = ">"
    case atMost = "<="
    case atLeast = ">="
    case differs = "!="

    /// `<`, `>` and their kin.
    var isOrder: Bool {
        switch self {
        case .less, .greater, .atMost, .atLeast: true
        default: false
        }
    }
}
