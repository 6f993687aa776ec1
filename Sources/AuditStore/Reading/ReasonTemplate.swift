/// Thrown messages differ in numbers, identifiers and quoted names; the template is what they share.
enum ReasonTemplate {
    /// The reason with every quoted text, number and long hexadecimal word replaced by `…`.
    static func template(_ reason: String) -> String {
        var result = ""
        var word = ""
        var quote: Character?
        for character in reason {
            if let open = quote {
                if character == open {
                    quote = nil
                    result += "…"
                    result.append(character)
                }
            } else if character.isLetter || character.isNumber || character == "_" {
                word.append(character)
            } else {
                result += replaced(word)
                word = ""
                result.append(character)
                if character == "\"" || character == "`" { quote = character }
            }
        }
        return result + (quote == nil ? replaced(word) : "…")
    }

    private static func replaced(_ word: String) -> String {
        let digits = word.utf8.filter { $0 >= 0x30 && $0 <= 0x39 }.count
        let isHexadecimal = word.utf8.count >= 8 && digits > 0 && word.allSatisfy(\.isHexDigit)
        return digits == word.utf8.count && digits > 0 || isHexadecimal ? "…" : word
    }
}
