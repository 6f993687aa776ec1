import SafeText

/// A field of a CSV record (RFC 4180), guarded against spreadsheets that run what looks like a formula.
enum CSVField {
    /// A text from outside: visible escapes, then the guard, then the quotes.
    static func text(_ value: String?, isGuarded: Bool = true) -> String {
        guard let value, let first = value.unicodeScalars.first else { return "" }
        let shown = SafeText(value).string
        return quoted(isGuarded && triggers.contains(first) ? "'" + shown : shown)
    }

    /// Several texts as one field.
    static func list(_ values: [String], isGuarded: Bool = true) -> String {
        text(values.joined(separator: " | "), isGuarded: isGuarded)
    }

    /// A number; never guarded.
    static func number(_ value: (some BinaryInteger)?) -> String {
        value.map { String($0) } ?? ""
    }

    /// `true`, `false` or nothing.
    static func flag(_ value: Bool?) -> String {
        value.map { $0 ? "true" : "false" } ?? ""
    }

    /// Hexadecimal digits in pairs with colons, so that no spreadsheet reads them as a number.
    static func hexadecimal(_ digits: String?, isGuarded: Bool = true) -> String {
        guard var digits, !digits.isEmpty else { return "" }
        guard digits.allSatisfy({ $0.isHexDigit || $0 == "-" }) else { return text(digits, isGuarded: isGuarded) }
        let isNegative = digits.hasPrefix("-")
        if isNegative { digits.removeFirst() }
        if !digits.count.isMultiple(of: 2) { digits = "0" + digits }
        var result = isNegative ? "-" : ""
        for (index, digit) in digits.uppercased().enumerated() {
            if index > 0, index.isMultiple(of: 2) { result.append(":") }
            result.append(digit)
        }
        return text(result, isGuarded: isGuarded)
    }

    // What OWASP and ASVS 1.2.10 list, line feed, and the full-width forms that some spreadsheets fold.
    private static let triggers: Set<Unicode.Scalar> = [
        "=", "+", "-", "@", "\t", "\r", "\n", "\0", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}",
    ]

    private static func quoted(_ text: String) -> String {
        let needsQuotes =
            text.utf8.contains { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") || $0 == 0x0A || $0 == 0x0D }
            || text.first == " " || text.last == " "
        return needsQuotes ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
    }
}
