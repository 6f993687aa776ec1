import Glibc

/// Looks at the terminal that the dashboard would draw on.
struct TerminalCheck {
    let environment: Environment
    /// Columns and rows; nil when standard output is no terminal.
    let size: (columns: Int, rows: Int)?
    /// Where compiled terminal descriptions are kept.
    var databases = ["/etc/terminfo", "/lib/terminfo", "/usr/share/terminfo"]

    private static let name = "terminal"

    /// The check of this process's own terminal.
    static func current() -> TerminalCheck {
        var window = winsize()
        let known = isatty(STDOUT_FILENO) == 1 && ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &window) == 0
        let size = known ? (columns: Int(window.ws_col), rows: Int(window.ws_row)) : nil
        return TerminalCheck(environment: .current(), size: size)
    }

    func findings() -> [Finding] {
        guard let size else {
            return [.ok(Self.name, "standard output is no terminal: mtlstop prints one batch screen")]
        }
        return [description(), characters(), colors(), room(size)]
    }

    private func description() -> Finding {
        guard let type = environment["TERM"] else {
            return .problem(Self.name, "TERM is not set", mend: "export TERM=xterm-256color, or use --accessible")
        }
        let home = environment["HOME"].map { [$0 + "/.terminfo"] } ?? []
        let folders = (environment["TERMINFO"].map { [$0] } ?? []) + home + databases
        let isKnown =
            !type.contains("/")
            && type.first.map { first in
                folders.contains { FileFacts(path: "\($0)/\(first)/\(type)") != nil }
            } == true
        if isKnown { return .ok(Self.name, "TERM is \(type)") }
        let text = "this machine has no description of the terminal \"\(type)\""
        return .problem(Self.name, text, mend: "install ncurses-term, or export TERM=xterm-256color")
    }

    private func characters() -> Finding {
        let names = ["LC_ALL", "LC_CTYPE", "LANG"]
        let locale = names.lazy.compactMap { environment[$0] }.first ?? "C"
        let folded = locale.lowercased()
        if folded.contains("utf-8") || folded.contains("utf8") { return .ok("utf-8", "the locale is \(locale)") }
        let text = "the locale is \(locale): lines and bars are drawn in ASCII, other letters as \\u{…}"
        return .warning("utf-8", text, mend: "export LC_ALL=C.UTF-8")
    }

    private func colors() -> Finding {
        if environment["NO_COLOR"] != nil { return .ok("colours", "off, because NO_COLOR is set") }
        let type = environment["TERM"] ?? ""
        if type.hasSuffix("-m") || type.hasSuffix("-mono") || type.hasPrefix("vt") {
            return .ok("colours", "\(type) has none: bold and reverse are used")
        }
        return .ok("colours", environment["COLORTERM"].map { "COLORTERM is \($0)" } ?? "as \(type) has them")
    }

    private func room(_ size: (columns: Int, rows: Int)) -> Finding {
        let text = "\(size.columns) columns, \(size.rows) rows"
        if size.columns >= 80 && size.rows >= 24 { return .ok("size", text) }
        return .warning("size", text, mend: "80x24 shows every column; smaller screens leave some out")
    }
}
