/// How a text is compared.
///
/// Ignoring case covers ASCII letters only, as SQLite's `LIKE` does; other letters compare exactly.
enum FilterPattern: Hashable, Sendable {
    /// There is no text.
    case missing
    /// The same text, byte by byte.
    case exactly(String)
    /// A `LIKE` pattern with `\` as its escape.
    case like(String)

    /// Where a pattern without wildcards has to stand in the text.
    enum Place {
        case whole
        case start
        case anywhere
    }

    /// The pattern of a value after `:`: with `*` or `?` it is a glob over the whole text, else as the word says.
    static func matching(_ value: FilterText, place: Place) -> FilterPattern {
        if value.text.isEmpty { return .missing }
        if !value.isQuoted, value.text.contains(where: { $0 == "*" || $0 == "?" }) {
            return .like(glob(value.text))
        }
        let text = escaped(value.text)
        switch place {
        case .whole: return .like(text)
        case .start: return .like(text + "%")
        case .anywhere: return .like("%" + text + "%")
        }
    }

    /// The pattern of a value after `~`.
    static func containing(_ text: String) -> FilterPattern {
        .like("%" + escaped(text) + "%")
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            if character == "%" || character == "_" || character == "\\" { result.append("\\") }
            result.append(character)
        }
        return result
    }

    /// Runs of `*` become one `%`, so that a pattern's cost stays bounded.
    private static func glob(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "*": if !result.hasSuffix("%") || result.hasSuffix("\\%") { result.append("%") }
            case "?": result.append("_")
            default: result += escaped(String(character))
            }
        }
        return result
    }
}
