import SafeText
import Terminal

/// Keys by the names that the help shows.
enum KeyName {
    /// Reads a name: a character, `Space`, `Enter`, `F5`, `^F` or `C-f`, `M-x`; nil for what is no key.
    static func key(_ text: String) -> Key? {
        if let named = named[text.lowercased()] { return named }
        let scalars = Array(text.unicodeScalars)
        if scalars.count == 1, scalars[0].value > 0x20, scalars[0].value != 0x7F { return .character(scalars[0]) }
        if scalars.count == 2, scalars[0] == "^" { return control(scalars[1]) }
        if scalars.count == 3, scalars[1] == "-" {
            if scalars[0] == "C" || scalars[0] == "c" { return control(scalars[2]) }
            if scalars[0] == "M" || scalars[0] == "m" { return .alt(scalars[2]) }
        }
        if scalars.first == "F" || scalars.first == "f", let number = Int(text.dropFirst()), (1...63).contains(number) {
            return .function(number)
        }
        return nil
    }

    /// Control with a letter; those that terminals send for Tab, Enter and Escape cannot be told apart from these.
    private static func control(_ scalar: Unicode.Scalar) -> Key? {
        let lower = Character(scalar).lowercased().unicodeScalars.first ?? scalar
        guard ("a"..."z").contains(lower), !["i", "j", "m", "h"].contains(lower) else { return nil }
        return .control(lower)
    }

    private static let named: [String: Key] = {
        let keys: [Key] = [
            .character(" "), .enter, .escape, .tab, .backTab, .backspace, .delete, .insert, .up, .down, .left, .right,
            .home, .end, .pageUp, .pageDown,
        ]
        return Dictionary(uniqueKeysWithValues: keys.map { (Keymap.name($0).string.lowercased(), $0) })
    }()
}
