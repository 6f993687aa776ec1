import Glibc

/// How wide a table may be.
enum OutputWidth {
    /// `COLUMNS`, else the terminal's width; nil when the output is no terminal and may be as wide as it needs.
    static func current(_ environment: Environment = .current()) -> Int? {
        if let text = environment["COLUMNS"], let columns = Int(text), columns > 0 { return min(columns, 10_000) }
        guard StandardOutput.isTerminal else { return nil }
        var window = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &window) == 0, window.ws_col > 0 else { return 80 }
        return Int(window.ws_col)
    }
}
