import CertCore

/// Builds the tree: `not` binds tightest, then `and` (which may be left out), then `or`.
struct FilterParser {
    /// The deepest nesting of parentheses and `not`.
    static let deepest = 64
    /// The most conditions in one filter.
    static let mostTerms = 256

    private let tokens: [FilterToken]
    private let end: Int
    private let now: Timestamp
    private let selections: FilterSelections
    private var position = 0
    private var depth = 0
    private var terms = 0

    /// Reads a text; nil when it is empty.
    static func parse(
        _ text: String,
        now: Timestamp,
        selections: FilterSelections = FilterSelections()
    ) throws(FilterError) -> FilterNode? {
        var lexer = try FilterLexer(text)
        let tokens = try lexer.tokens()
        if tokens.isEmpty { return nil }
        var parser = FilterParser(tokens: tokens, end: text.count + 1, now: now, selections: selections)
        return try parser.whole()
    }

    private init(tokens: [FilterToken], end: Int, now: Timestamp, selections: FilterSelections) {
        self.selections = selections
        self.tokens = tokens
        self.end = end
        self.now = now
    }

    private var current: FilterToken? { position < tokens.count ? tokens[position] : nil }

    private mutating func whole() throws(FilterError) -> FilterNode {
        let node = try alternatives()
        if let token = current {
            throw FilterError(column: token.column, message: "this closing parenthesis was never opened")
        }
        return node
    }

    private mutating func alternatives() throws(FilterError) -> FilterNode {
        var nodes = [try conjunction()]
        while current?.kind == .or {
            position += 1
            nodes.append(try conjunction())
        }
        return nodes.count == 1 ? nodes[0] : .any(nodes)
    }

    private mutating func conjunction() throws(FilterError) -> FilterNode {
        var nodes = [try negation()]
        while let token = current, token.kind != .or, token.kind != .close {
            if token.kind == .and { position += 1 }
            nodes.append(try negation())
        }
        return nodes.count == 1 ? nodes[0] : .all(nodes)
    }

    private mutating func negation() throws(FilterError) -> FilterNode {
        guard let token = current else {
            throw FilterError(column: end, message: "a condition is missing here, like outcome:rej or cn:svc-*")
        }
        depth += 1
        defer { depth -= 1 }
        if depth > Self.deepest {
            throw FilterError(column: token.column, message: "the filter is nested deeper than \(Self.deepest)")
        }
        position += 1
        switch token.kind {
        case .not: return .not(try negation())
        case .open: return try group(opened: token.column)
        case .bare(let text): return try counted(.anywhere(.matching(text, place: .anywhere)), token)
        case .term(let word, let operation, let value, let valueColumn):
            if operation == .matches, let node = selections.node(word, value.text) {
                terms += 1
                return try limited(node, token)
            }
            let reader = FilterTermReader(
                word: word,
                operation: operation,
                value: value,
                column: token.column,
                valueColumn: valueColumn,
                now: now
            )
            let node = try reader.node()
            terms += 1
            return try limited(node, token)
        case .close, .and, .or:
            throw FilterError(column: token.column, message: "a condition is missing before this")
        }
    }

    private mutating func group(opened column: Int) throws(FilterError) -> FilterNode {
        let node = try alternatives()
        guard current?.kind == .close else {
            throw FilterError(column: column, message: "this parenthesis has no end")
        }
        position += 1
        return node
    }

    private mutating func counted(_ term: FilterTerm, _ token: FilterToken) throws(FilterError) -> FilterNode {
        terms += 1
        return try limited(.term(term), token)
    }

    private func limited(_ node: FilterNode, _ token: FilterToken) throws(FilterError) -> FilterNode {
        if terms > Self.mostTerms {
            throw FilterError(column: token.column, message: "the filter has more than \(Self.mostTerms) conditions")
        }
        return node
    }
}
