/// Writes conditions of the filter language.
enum FilterText {
    /// `word="value"`: exactly this value, whatever characters it holds.
    static func word(_ word: String, is value: String) -> String {
        "\(word)=\"" + value.flatMap { $0 == "\"" || $0 == "\\" ? ["\\", $0] : [$0] } + "\""
    }
}
