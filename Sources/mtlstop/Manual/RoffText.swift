/// Text for roff: macros as they are, words escaped so that none of them is taken for a command.
struct RoffText {
    private(set) var text = ""

    /// A macro line; its arguments are roff already.
    mutating func macro(_ name: String, _ arguments: String = "") {
        text += arguments.isEmpty ? ".\(name)\n" : ".\(name) \(arguments)\n"
    }

    /// A line of text: each sentence on a line of its own, as roff wants it, and none beyond 80 columns.
    mutating func line(_ line: String) {
        var rest = Substring(line)
        while let range = rest.firstRange(of: /[.!?] (?=[A-Z])/) {
            wrap(String(rest[..<rest.index(before: range.upperBound)]))
            rest = rest[range.upperBound...]
        }
        wrap(String(rest))
    }

    private mutating func wrap(_ sentence: String) {
        var line = ""
        for word in sentence.split(separator: " ") {
            let word = Self.escaped(String(word))
            if !line.isEmpty, line.utf8.count + word.utf8.count + 1 > 78 {
                text += Self.guarded(line) + "\n"
                line = ""
            }
            line += (line.isEmpty ? "" : " ") + word
        }
        text += Self.guarded(line) + "\n"
    }

    /// A break between paragraphs.
    mutating func paragraph() { macro("Pp") }

    /// Lines that stay as they are.
    mutating func literal(_ lines: [String]) {
        macro("Bd", "-literal -offset indent")
        for line in lines { text += Self.guarded(Self.escaped(line)) + "\n" }
        macro("Ed")
    }

    /// One argument of a macro: quoted when it has blanks or could be a macro itself.
    static func argument(_ word: String) -> String {
        let escaped = word.replacing("\\", with: "\\e").replacing("\"", with: "\\(dq")
        return escaped.contains(" ") ? "\"\(escaped)\"" : escaped
    }

    /// Characters beyond ASCII by their number, which every roff understands.
    private static func escaped(_ line: String) -> String {
        line.unicodeScalars.reduce(into: "") { text, scalar in
            switch scalar {
            case "\\": text += "\\e"
            case "-": text += "\\-"
            case _ where scalar.isASCII: text.unicodeScalars.append(scalar)
            default:
                let digits = String(scalar.value, radix: 16, uppercase: true)
                text += "\\[u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "]"
            }
        }
    }

    /// A line that is not taken for a command, without blanks at its end.
    private static func guarded(_ line: String) -> String {
        let trimmed = String(line.reversed().drop { $0 == " " }.reversed())
        return trimmed.hasPrefix(".") || trimmed.hasPrefix("'") ? "\\&" + trimmed : trimmed
    }
}
