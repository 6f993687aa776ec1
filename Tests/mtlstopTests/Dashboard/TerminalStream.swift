import SafeText

/// What a program sent to its terminal, taken apart.
enum TerminalStream {
    /// Sequences and characters that curses does not send by itself; a title, a clipboard, an image or a hidden
    /// character would be among them.
    static func foreignSequences(in text: String) -> [String] {
        var foreign: [String] = []
        var rest = text.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            if scalar == "\u{1B}" {
                if let found = sequence(&rest) { foreign.append(found) }
            } else if scalar.isHiddenOrHarmful && !plain.contains(scalar) {
                foreign.append("U+" + String(scalar.value, radix: 16))
            }
        }
        return foreign
    }

    private static let plain: Set<Unicode.Scalar> = ["\r", "\n", "\u{8}", "\t", "\u{F}", "\u{E}"]

    /// Final characters of the control sequences that move, erase, scroll, colour, and set modes.
    private static let finals = Set("ABCDEFGHJKLMPSTXZ@abdefghlmrst".unicodeScalars)

    private static func sequence(_ rest: inout Substring.UnicodeScalarView) -> String? {
        guard let kind = rest.popFirst() else { return "an escape at the end" }
        switch kind {
        case "(", ")":
            return rest.popFirst().map { "B0".unicodeScalars.contains($0) ? nil : "ESC \(kind) \($0)" } ?? "ESC"
        case "7", "8", "M", "=", ">", "D", "E": return nil
        case "[":
            var parameters = ""
            while let scalar = rest.popFirst() {
                if 0x40...0x7E ~= scalar.value {
                    return finals.contains(scalar) ? nil : "CSI \(parameters)\(scalar)"
                }
                guard 0x20...0x3F ~= scalar.value else { return "CSI broken by U+\(String(scalar.value, radix: 16))" }
                parameters.unicodeScalars.append(scalar)
            }
            return "CSI without an end"
        default: return "ESC U+\(String(kind.value, radix: 16))"
        }
    }
}
