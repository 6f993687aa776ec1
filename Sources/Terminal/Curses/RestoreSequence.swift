import CNCurses

/// What brings a terminal back to the shell's state, written by a crash handler that must not call curses.
enum RestoreSequence {
    /// Switches bracketed paste on (mode 2004).
    static let pasteOn = "\u{1B}[?2004h"
    /// Switches bracketed paste off.
    static let pasteOff = "\u{1B}[?2004l"

    /// Switches the reports of the mouse on, in the notation without a limit on columns.
    static let mouseOn = "\u{1B}[?1000h\u{1B}[?1006h"
    /// Switches the reports of the mouse off, in both notations (modes 1000 and 1006).
    static let mouseOff = "\u{1B}[?1006l\u{1B}[?1000l"

    /// The bytes for the open terminal.
    static func bytes() -> [UInt8] {
        // Attributes and colours off, cursor shown, keypad off, then the other screen's contents back.
        let names = ["sgr0", "op", "cnorm", "rmkx", "rmcup"]
        let sequences = names.compactMap { CNCurses_capability($0).map { String(cString: $0) } }
        return Array((mouseOff + pasteOff + sequences.map(withoutPadding).joined()).utf8)
    }

    /// A terminfo string without its delays, `$<5/>`: no terminal in use needs them.
    static func withoutPadding(_ sequence: String) -> String {
        var result = ""
        var rest = sequence[...]
        while let start = rest.firstRange(of: "$<") {
            guard let end = rest[start.upperBound...].firstIndex(of: ">") else { break }
            result += rest[..<start.lowerBound]
            rest = rest[rest.index(after: end)...]
        }
        return result + rest
    }
}
