import CLinux
import CNCurses
import Glibc
package import SafeText

/// A terminal painted through ncurses.
///
/// There is one a process at a time; everything but the waker is used on the thread that opened it.
package final class CursesTerminal: TerminalDriver {
    /// The most bytes of text that one copy may carry: terminals drop longer ones, base64 makes them 74,992.
    package static let copyLimit = 56_244

    /// What the terminal can show.
    package let capabilities: TerminalCapabilities
    /// Wakes ``next(timeoutMilliseconds:)`` from any thread.
    package let waker: TerminalWaker

    let session: CursesSession
    private(set) var theme: Theme
    let signals: SignalPipe
    /// What was painted last, nil when the terminal shows something else.
    var painted: Screen?
    var isCursorShown = false
    /// Pasted bytes so far, nil outside of a paste.
    var paste: [UInt8]?
    /// The report of the mouse so far, nil outside of one.
    var mouseReport: MouseReport?
    /// Input that was found outside of ``next(timeoutMilliseconds:)``.
    var waiting: [TerminalInput] = []
    private var ownedDescriptor: Int32?
    private(set) var isClosed = false

    /// Opens the terminal on standard output, reading keys from standard input or, when that is no terminal, from
    /// `/dev/tty`.
    ///
    /// `ascii` overrides what the locale says about characters.
    package convenience init(colors: ColorMode = .auto, ascii: Bool? = nil) throws(TerminalError) {
        var opened: Int32?
        if isatty(STDIN_FILENO) == 0 { opened = open("/dev/tty", O_RDWR | O_CLOEXEC) }
        do {
            try self.init(input: opened ?? STDIN_FILENO, output: STDOUT_FILENO, colors: colors, ascii: ascii)
        } catch {
            if let opened { Glibc.close(opened) }
            throw error
        }
        ownedDescriptor = opened
    }

    /// Opens a terminal on descriptors that stay the caller's.
    ///
    /// `term` is the terminal's name, nil for `TERM`; `locale` is set for the whole process, the empty one is the
    /// environment's; `noColor` is the value of `NO_COLOR`.
    package init(
        input: Int32,
        output: Int32,
        term: String? = nil,
        colors: ColorMode = .auto,
        ascii: Bool? = nil,
        locale: String = "",
        noColor: String? = CursesTerminal.environment("NO_COLOR")
    ) throws(TerminalError) {
        setlocale(LC_ALL, locale)
        let codeset = nl_langinfo(Int32(CODESET)).map { String(cString: $0) } ?? ""
        waker = TerminalWaker(pipe: try WakePipe())
        // Before curses, which installs handlers of its own only where there are none.
        signals = try SignalPipe()
        session = try CursesSession(input: input, output: output, term: term)
        let name = term ?? CursesTerminal.environment("TERM") ?? ""
        let count = colors.wantsColors(noColor: noColor, term: name) ? Theme.startColors() : 0
        theme = Theme(.standard, colors: count)
        capabilities = TerminalCapabilities(
            isUTF8: !(ascii ?? (codeset != "UTF-8")),
            colors: count,
            name: name
        )
    }

    deinit {
        close()
    }

    /// The size in cells.
    package var size: Size { isClosed ? Size(columns: 0, rows: 0) : session.size }

    /// Gives the terminal back, stops the process as Ctrl-Z does, and takes the terminal again when it goes on.
    package func suspend() {
        guard !isClosed else { return }
        session.leave()
        CLinux_stop_process()
        reenter()
        // The signal that made the process go on is in the pipe already; the terminal is taken again only once.
        waiting += signals.take().signals.map { .signal($0) }
        waiting.append(.resize(size))
    }

    /// Gives the terminal back for good.
    package func close() {
        guard !isClosed else { return }
        isClosed = true
        session.close()
        if let ownedDescriptor { Glibc.close(ownedDescriptor) }
    }

    /// Uses a theme and the mouse, or not, from now on.
    package func use(_ settings: TerminalSettings) {
        guard !isClosed else { return }
        session.reportMouse(settings.usesMouse)
        theme = Theme(settings.theme, colors: capabilities.colors)
        redraw()
    }

    /// Rings the terminal's bell.
    package func ring() {
        guard !isClosed else { return }
        beep()
    }

    /// Sends lines to the terminal's clipboard (OSC 52) and says whether they were short enough to be sent.
    ///
    /// Whether the terminal took it cannot be known: no terminal is ever asked anything.
    package func copy(_ lines: [SafeText]) -> Bool {
        let bytes = Array(lines.map(\.string).joined(separator: "\n").utf8)
        guard !isClosed, bytes.count <= CursesTerminal.copyLimit else { return false }
        var encoder = JSONWriter()
        encoder.value(base64: bytes)
        session.send("\u{1B}]52;c;" + encoder.string.dropFirst().dropLast() + "\u{7}")
        return true
    }

    /// Takes the terminal again after it was given to somebody else, with the last screen on it.
    func reenter() {
        _ = session.updateSize()
        session.enter()
        let screen = painted
        painted = nil
        isCursorShown = false
        if let screen { paint(screen) }
    }

    /// A variable of the environment, nil where it is not set.
    package static func environment(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }
}
