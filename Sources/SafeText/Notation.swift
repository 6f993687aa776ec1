/// The visible notation for what must not be shown raw: `\e`, `\n`, `\x9b`, `\u{202e}`.
enum Notation {
    /// The letter of a control that has a short form.
    static func letter(for control: UInt8) -> UInt8? {
        switch control {
        case 0x1B: UInt8(ascii: "e")
        case 0x0A: UInt8(ascii: "n")
        case 0x0D: UInt8(ascii: "r")
        case 0x09: UInt8(ascii: "t")
        default: nil
        }
    }

    /// The control that a letter after a backslash stands for.
    static func control(for letter: UInt8) -> UInt8? {
        switch letter {
        case UInt8(ascii: "e"): 0x1B
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        default: nil
        }
    }

    /// True for a character that turns a backslash before it into notation.
    static func isStart(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "e", "n", "r", "t", "x", "u", "\\": true
        default: false
        }
    }

    /// `\xHH`, lower case, for a control or a byte that is no UTF-8.
    static func hex(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16)
        return digits.utf8.count == 1 ? "\\x0" + digits : "\\x" + digits
    }

    /// `\u{…}`, lower case and without leading zeros.
    static func braced(_ scalar: Unicode.Scalar) -> String {
        "\\u{" + String(scalar.value, radix: 16) + "}"
    }

    /// The length in bytes of the notation that starts at `index`, or nil when the backslash there is literal and alone.
    static func length(in text: [UInt8], at index: Int) -> Int? {
        guard text[index] == UInt8(ascii: "\\"), index + 1 < text.count else { return nil }
        switch text[index + 1] {
        case UInt8(ascii: "\\"): return 2
        case UInt8(ascii: "x"): return index + 3 < text.count ? 4 : nil
        case UInt8(ascii: "u"):
            let end = text[(index + 2)...].prefix(9).firstIndex(of: UInt8(ascii: "}"))
            return end.map { $0 - index + 1 }
        case let letter: return control(for: letter) == nil ? nil : 2
        }
    }
}
