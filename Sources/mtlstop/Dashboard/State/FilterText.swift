/// Writes conditions of the filter language.
enum FilterText {
    /// The text in parentheses where it holds an `or`, so that more can be joined to it by `and`.
    static func grouped(_ text: String) -> String {
        let words = text.lowercased().split(separator: " ")
        return words.contains("or") || words.contains("||") ? "(\(text))" : text
    }

    /// A text in any of the words that a row of events shows.
    static func anywhere(_ text: String) -> String {
        let quoted = "\"" + text.flatMap { $0 == "\"" || $0 == "\\" ? ["\\", $0] : [$0] } + "\""
        return "\(quoted) or issuer~\(quoted) or service~\(quoted) or method~\(quoted)"
    }

    /// `word="value"`: exactly this value, whatever characters it holds.
    static func word(_ word: String, is value: String) -> String {
        "\(word)=\"" + value.flatMap { $0 == "\"" || $0 == "\\" ? ["\\", $0] : [$0] } + "\""
    }
}
