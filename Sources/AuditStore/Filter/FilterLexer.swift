/// Cuts a filter text into tokens.
struct FilterLexer {
    /// The longest filter text, in characters.
    static let longestText = 4096

    private let characters: [Character]
    private var position = 0

    init(_ text: String) throws(FilterError) {
        characters = Array(text.prefix(Self.longestText + 1))
        if characters.count > Self.longestText {
            throw FilterError(
                column: Self.longestText + 1,
                message: "the filter is longer than \(Self.longestText) characters"
            )
        }
    }

    private var current: Character? { position < characters.count ? characters[position] : nil }
    private var column: Int { position + 1 }

    /// All tokens in order.
    mutating func tokens() throws(FilterError) -> [FilterToken] {
        var result: [FilterToken] = []
        while let character = current {
            if character.isWhitespace {
                position += 1
            } else {
                try result.append(token(character))
            }
        }
        return result
    }

    private mutating func token(_ character: Character) throws(FilterError) -> FilterToken {
        let start = column
        switch character {
        case "(":
            position += 1
            return FilterToken(kind: .open, column: start)
        case ")":
            position += 1
            return FilterToken(kind: .close, column: start)
        case "!":
            position += 1
            return FilterToken(kind: .not, column: start)
        case "\"":
            return try FilterToken(kind: .bare(quoted()), column: start)
        default:
            return try word(start)
        }
    }

    private mutating func word(_ start: Int) throws(FilterError) -> FilterToken {
        var end = position
        while end < characters.count, characters[end].isASCII, characters[end].isLetter { end += 1 }
        if end > position, let operation = operation(at: end) {
            let name = String(characters[position..<end])
            position = end + operation.rawValue.count
            let valueColumn = column
            return try FilterToken(
                kind: .term(word: name, operation: operation, value: value(), valueColumn: valueColumn),
                column: start
            )
        }
        let text = unquoted()
        switch text.lowercased() {
        case "and", "&&": return FilterToken(kind: .and, column: start)
        case "or", "||": return FilterToken(kind: .or, column: start)
        case "not": return FilterToken(kind: .not, column: start)
        default: return FilterToken(kind: .bare(FilterText(text: text, isQuoted: false)), column: start)
        }
    }

    private func operation(at index: Int) -> FilterOperator? {
        guard index < characters.count else { return nil }
        let pair = String(characters[index...].prefix(2))
        return FilterOperator(rawValue: pair) ?? FilterOperator(rawValue: String(characters[index]))
    }

    private mutating func value() throws(FilterError) -> FilterText {
        if current == "\"" { return try quoted() }
        return FilterText(text: unquoted(), isQuoted: false)
    }

    /// Up to white space, or to a closing parenthesis that the value did not open itself.
    private mutating func unquoted() -> String {
        var depth = 0
        let start = position
        while let character = current, !character.isWhitespace {
            if character == "(" { depth += 1 }
            if character == ")" {
                if depth == 0 { break }
                depth -= 1
            }
            position += 1
        }
        return String(characters[start..<position])
    }

    /// A text in quotes; `\"` and `\\` stand for the character itself.
    private mutating func quoted() throws(FilterError) -> FilterText {
        let start = column
        position += 1
        var text = ""
        while let character = current {
            position += 1
            if character == "\"" { return FilterText(text: text, isQuoted: true) }
            if character == "\\", let next = current, next == "\"" || next == "\\" {
                text.append(next)
                position += 1
            } else {
                text.append(character)
            }
        }
        throw FilterError(column: start, message: "the quote that starts here has no end")
    }
}
