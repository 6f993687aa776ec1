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
        text(pairs(digits), isGuarded: isGuarded)
    }

    /// The same, neither guarded nor quoted; a text that is no number stays as it is.
    static func pairs(_ digits: String?) -> String? {
        guard let digits, !digits.isEmpty, digits.utf8.allSatisfy(isHexadecimal) else { return digits }
        let isNegative = digits.utf8.first == UInt8(ascii: "-")
        let plain = digits.utf8.dropFirst(isNegative ? 1 : 0)
        var result: [UInt8] = isNegative ? [UInt8(ascii: "-")] : []
        var left = plain.count
        if !left.isMultiple(of: 2) { result.append(UInt8(ascii: "0")) }
        for digit in plain {
            result.append(digit >= UInt8(ascii: "a") ? digit - 0x20 : digit)
            left -= 1
            if left > 0, left.isMultiple(of: 2) { result.append(UInt8(ascii: ":")) }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"): true
        case UInt8(ascii: "A")...UInt8(ascii: "F"), UInt8(ascii: "-"): true
        default: false
        }
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
