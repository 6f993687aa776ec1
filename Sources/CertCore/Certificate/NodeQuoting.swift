/// Node's rule for names that could be mistaken for several.
///
/// A value with a quote, a backslash, a comma, an apostrophe or a control character (and, for the ASCII types, with any
/// other character than printable ASCII) is written as a JSON string literal in which a comma is `\u002c`.
enum NodeQuoting {
    /// The value, quoted where the rule says so.
    ///
    /// - Parameters:
    ///   - value: The text; for the ASCII types each scalar stands for one byte.
    ///   - unicode: Whether characters beyond ASCII are safe as they are.
    ///   - prefix: What stands before the value, inside the quotes.
    static func text(_ value: String, unicode: Bool = false, prefix: String? = nil) -> String {
        let head = prefix.map { $0 + ":" } ?? ""
        if value.unicodeScalars.allSatisfy({ isSafe($0, unicode: unicode) }) { return head + value }
        var result = "\"" + head
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\\": result += "\\\\"
            case "\"": result += "\\\""
            case "'": result += "'"
            case _ where isSafe(scalar, unicode: unicode): result.unicodeScalars.append(scalar)
            default: result += escape(scalar)
            }
        }
        return result + "\""
    }

    private static func isSafe(_ scalar: Unicode.Scalar, unicode: Bool) -> Bool {
        switch scalar {
        case "\"", "\\", ",", "'": false
        case " "..."~": true
        default: unicode && scalar.value >= 0x80
        }
    }

    private static func escape(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16)
        return "\\u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
