import SafeText

/// Writes words for a POSIX shell.
enum ShellWord {
    /// The word, quoted where it must be; what cannot be shown is written in octal (`$'\\033'`), so that the shown
    /// text is the word whatever it holds.
    static func quoted(_ word: String) -> SafeText {
        let shown = SafeText(word)
        guard shown.string == word else { return octal(word) }
        let isBare = !word.isEmpty && word.unicodeScalars.allSatisfy(isPlain)
        if isBare { return shown }
        return "'\(SafeText(word.replacing("'", with: "'\\''")))'"
    }

    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "_", "-", ".", "/", ":", "=", ",", "+", "@", "%": true
        default: false
        }
    }

    private static func octal(_ word: String) -> SafeText {
        var text = "$'"
        for byte in word.utf8 {
            if (0x20...0x7E).contains(byte), byte != UInt8(ascii: "'"), byte != UInt8(ascii: "\\") {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let digits = String(byte, radix: 8)
                text += "\\" + String(repeating: "0", count: 3 - digits.count) + digits
            }
        }
        return SafeText(text + "'")
    }
}
