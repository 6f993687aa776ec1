import CLinux
import CNCurses
import Glibc

/// Owner of the curses screen, its streams and the terminal's modes; gives all of it back when closed.
final class CursesSession {
    private let screen: OpaquePointer
    private let inputStream: UnsafeMutablePointer<FILE>
    private let outputStream: UnsafeMutablePointer<FILE>
    /// Keys are read through a pad: reading from a window would repaint it.
    private let keys: UnsafeMutablePointer<WINDOW>
    let input: Int32
    let output: Int32
    private var isOpen = true
    private var usesMouse = false

    /// Opens a terminal on descriptors that stay the caller's.
    init(input: Int32, output: Int32, term: String?) throws(TerminalError) {
        guard isatty(input) == 1, isatty(output) == 1 else {
            throw TerminalError(
                code: .notATerminal,
                message: "there is no terminal",
                remedy: "use --once for one screen as text"
            )
        }
        var modes = termios()
        tcgetattr(input, &modes)
        let streams = try CursesSession.streams(input: input, output: output)
        guard let screen = newterm(term, streams.output, streams.input) else {
            fclose(streams.input)
            fclose(streams.output)
            throw TerminalError.unknownTerminal(term)
        }
        guard let keys = newpad(1, 1), CNCurses_capability("cup") != nil else {
            endwin()
            delscreen(screen)
            fclose(streams.input)
            fclose(streams.output)
            throw TerminalError.noCursorMovement(term)
        }
        self.input = input
        self.output = output
        self.screen = screen
        self.keys = keys
        inputStream = streams.input
        outputStream = streams.output
        let restoring = RestoreSequence.bytes()
        CLinux_terminal_arm(output, restoring, restoring.count, &modes)
        setUp()
    }

    deinit {
        close()
    }

    /// The size curses works with, in cells.
    var size: Size {
        let window = CNCurses_stdscr()
        return Size(columns: Int(getmaxx(window)), rows: Int(getmaxy(window)))
    }

    /// Takes the terminal's size over; true when it is another one.
    func updateSize() -> Bool {
        var window = winsize()
        guard ioctl(output, UInt(TIOCGWINSZ), &window) == 0, window.ws_row > 0, window.ws_col > 0 else { return false }
        let before = size
        resize_term(Int32(window.ws_row), Int32(window.ws_col))
        return size != before
    }

    /// The next key or character that waits, nil when there is none.
    func readKey() -> (code: Int32, isFunctionKey: Bool)? {
        var character: wint_t = 0
        switch wget_wch(keys, &character) {
        case OK: return (Int32(bitPattern: character), false)
        case KEY_CODE_YES: return (Int32(bitPattern: character), true)
        default: return nil
        }
    }

    /// Asks the terminal for presses and turns of the wheel (modes 1000 and 1006), or for nothing any more.
    ///
    /// Curses would join presses that arrive together; the reports are read here instead (``MouseReport``).
    func reportMouse(_ isOn: Bool) {
        guard isOn != usesMouse else { return }
        usesMouse = isOn
        send(isOn ? RestoreSequence.mouseOn : RestoreSequence.mouseOff)
    }

    /// Sends bytes past curses; they must not move the cursor or draw.
    func send(_ text: String) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { write(output, $0.baseAddress, $0.count) }
            if count > 0 {
                bytes = bytes.dropFirst(count)
            } else if errno != EINTR {
                return
            }
        }
    }

    /// Gives the terminal back for a while; the next update takes it again.
    func leave() {
        send(usesMouse ? RestoreSequence.mouseOff + RestoreSequence.pasteOff : RestoreSequence.pasteOff)
        curs_set(1)
        endwin()
    }

    /// Takes the terminal again: modes at once, the picture with the next update.
    func enter() {
        reset_prog_mode()
        // Curses would send these only before the next key, and that key would arrive in the other notation.
        keypad(keys, true)
        curs_set(0)
        send(usesMouse ? RestoreSequence.pasteOn + RestoreSequence.mouseOn : RestoreSequence.pasteOn)
        clearok(CNCurses_stdscr(), true)
    }

    /// Gives everything back.
    func close() {
        guard isOpen else { return }
        isOpen = false
        leave()
        CLinux_terminal_disarm()
        delwin(keys)
        delscreen(screen)
        fclose(inputStream)
        fclose(outputStream)
    }

    private func setUp() {
        raw()
        noecho()
        nonl()
        keypad(keys, true)
        nodelay(keys, true)
        // Long enough for a sequence over a network, short enough for Escape to feel at once.
        set_escdelay(25)
        curs_set(0)
        define_key("\u{1B}[<", CursesKey.mouseCode)
        define_key("\u{1B}[200~", CursesKey.pasteStartCode)
        define_key("\u{1B}[201~", CursesKey.pasteEndCode)
        send(RestoreSequence.pasteOn)
    }

    private typealias Streams = (input: UnsafeMutablePointer<FILE>, output: UnsafeMutablePointer<FILE>)

    private static func streams(input: Int32, output: Int32) throws(TerminalError) -> Streams {
        guard let reading = fdopen(dup(input), "r") else { throw TerminalError.system("cannot open the terminal") }
        guard let writing = fdopen(dup(output), "w") else {
            fclose(reading)
            throw TerminalError.system("cannot open the terminal")
        }
        return (reading, writing)
    }
}

extension TerminalError {
    fileprivate static func unknownTerminal(_ term: String?) -> TerminalError {
        let name = term ?? getenv("TERM").map { String(cString: $0) } ?? ""
        return TerminalError(
            code: .unknownTerminal,
            message: name.isEmpty ? "TERM is not set" : "the terminal \(name) is unknown here",
            remedy: "set TERM, for example to xterm-256color, or use --accessible"
        )
    }

    fileprivate static func noCursorMovement(_ term: String?) -> TerminalError {
        TerminalError(
            code: .noCursorMovement,
            message: "the terminal cannot place its cursor",
            remedy: "use --accessible or --once"
        )
    }
}
