import Foundation
import SafeText
import Testing

@testable import Terminal

@Suite("A terminal painted through ncurses", .serialized)
struct CursesTerminalTests {
    // Nothing here changes the environment: all tests of the package share one process.
    func open(
        _ pseudo: PseudoTerminal,
        term: String = "xterm-256color",
        locale: String = "C.UTF-8",
        noColor: String? = nil
    ) throws -> CursesTerminal {
        let end = pseudo.slave
        return try CursesTerminal(input: end, output: end, term: term, locale: locale, noColor: noColor)
    }

    private func screen(_ terminal: CursesTerminal, _ text: SafeText, role: Role = .text) -> Screen {
        var screen = Screen(size: terminal.size, glyphs: terminal.capabilities.glyphs)
        screen.put(text, x: 2, y: 1, role: role)
        return screen
    }

    private func modes(of descriptor: Int32) -> termios {
        var modes = termios()
        tcgetattr(descriptor, &modes)
        return modes
    }

    @Test("Painted text reaches the terminal, in colour, and nothing is asked of it")
    func paints() throws {
        let pseudo = try PseudoTerminal(columns: 40, rows: 10)
        let terminal = try open(pseudo)
        #expect(terminal.size == Size(columns: 40, rows: 10))
        #expect(terminal.capabilities == TerminalCapabilities(isUTF8: true, colors: 256, name: "xterm-256color"))
        terminal.paint(screen(terminal, "rejected 世界 \(String("\u{1B}[5n"))", role: .rejected))
        #expect(pseudo.waits(for: "rejected 世界 \\e[5n"))
        #expect(pseudo.waits(for: "\u{1B}[31m") || pseudo.waits(for: "\u{1B}[1;31m"))
        terminal.close()
        #expect(pseudo.waits(for: "\u{1B}[?1049l"))
        let output = String(decoding: pseudo.output, as: UTF8.self)
        for query in ["\u{1B}[c", "\u{1B}[>c", "\u{1B}[6n", "\u{1B}[5n", "\u{1B}]11;?", "\u{1B}P+q", "\u{1B}[?u"] {
            #expect(!output.contains(query))
        }
        pseudo.hangUp()
    }

    @Test("Closing restores modes, paste and the other screen")
    func restores() throws {
        let pseudo = try PseudoTerminal(columns: 40, rows: 10)
        let before = modes(of: pseudo.slave)
        let terminal = try open(pseudo)
        terminal.paint(screen(terminal, "x"))
        #expect(modes(of: pseudo.slave).c_lflag & UInt32(ICANON | ECHO | ISIG) == 0)
        #expect(pseudo.waits(for: "\u{1B}[?2004h"))
        terminal.close()
        terminal.close()
        #expect(modes(of: pseudo.slave).c_lflag == before.c_lflag)
        #expect(modes(of: pseudo.slave).c_iflag == before.c_iflag)
        #expect(pseudo.waits(for: "\u{1B}[?2004l"))
        #expect(pseudo.waits(for: "\u{1B}[?1049l"))
        #expect(terminal.next(timeoutMilliseconds: 0) == [.endOfInput])
        pseudo.hangUp()
    }

    @Test(
        "Keys arrive decoded",
        arguments: [
            ("\u{1B}OA", .up), ("\u{1B}OB", .down), ("\u{1B}OC", .right), ("\u{1B}OD", .left), ("q", .character("q")),
            ("é", .character("é")), ("界", .character("界")), ("\r", .enter), ("\t", .tab), ("\u{1B}[Z", .backTab),
            ("\u{7F}", .backspace), ("\u{3}", .control("c")), ("\u{13}", .control("s")), ("\u{1A}", .control("z")),
            ("\u{1B}[3~", .delete), ("\u{1B}[2~", .insert), ("\u{1B}[5~", .pageUp), ("\u{1B}[6~", .pageDown),
            ("\u{1B}OH", .home), ("\u{1B}OF", .end), ("\u{1B}OP", .function(1)), ("\u{1B}[24~", .function(12)),
            ("\u{1B}x", .alt("x")), ("\u{1B}", .escape), ("\u{1B}[1;5A", .up),
        ] as [(String, Key)]
    )
    func keys(typed: String, key: Key) throws {
        let pseudo = try PseudoTerminal(columns: 20, rows: 5)
        let terminal = try open(pseudo)
        pseudo.type(typed)
        #expect(terminal.next(timeoutMilliseconds: 10_000) == [.key(key)])
        terminal.close()
        pseudo.hangUp()
    }

    @Test("A paste is one piece, and keys in it are not obeyed")
    func paste() throws {
        let pseudo = try PseudoTerminal(columns: 20, rows: 5)
        let terminal = try open(pseudo)
        pseudo.type("\u{1B}[200~cn:\"é\"q\u{1B}OA\n\u{1B}[201~")
        var inputs: [TerminalInput] = []
        while inputs.isEmpty { inputs = terminal.next(timeoutMilliseconds: 10_000) }
        #expect(inputs == [.paste(Untrusted("cn:\"é\"q\n"))])
        terminal.close()
        pseudo.hangUp()
    }

    @Test("A paste whose end never comes is taken after a silence")
    func brokenPaste() throws {
        let pseudo = try PseudoTerminal(columns: 20, rows: 5)
        let terminal = try open(pseudo)
        pseudo.type("\u{1B}[200~lost")
        #expect(terminal.next(timeoutMilliseconds: 10_000) == [.paste(Untrusted("lost"))])
        terminal.close()
        pseudo.hangUp()
    }

    @Test("A new size arrives once, and the next screen has it")
    func resize() throws {
        let pseudo = try PseudoTerminal(columns: 40, rows: 10)
        let terminal = try open(pseudo)
        terminal.paint(screen(terminal, "before"))
        for columns in [41, 50, 60] as [UInt16] {
            pseudo.resize(columns: columns, rows: 12)
            kill(getpid(), SIGWINCH)
        }
        #expect(terminal.next(timeoutMilliseconds: 10_000) == [.resize(Size(columns: 60, rows: 12))])
        #expect(terminal.size == Size(columns: 60, rows: 12))
        var wide = Screen(size: terminal.size, glyphs: .unicode)
        wide.put("corner", x: 50, y: 11)
        terminal.paint(wide)
        #expect(pseudo.waits(for: "corner"))
        terminal.close()
        pseudo.hangUp()
    }

    @Test("Signals arrive as input")
    func signals() async {
        // In a process of its own: a signal that missed its handler would end all tests.
        await #expect(processExitsWith: .success) {
            let pseudo = try PseudoTerminal(columns: 20, rows: 5)
            let terminal = try CursesTerminalTests().open(pseudo)
            let expected: [(Int32, TerminalSignal)] = [
                (SIGTERM, .terminate), (SIGHUP, .hangUp), (SIGINT, .interrupt), (SIGTSTP, .suspend),
            ]
            for (number, signal) in expected {
                kill(getpid(), number)
                #expect(terminal.next(timeoutMilliseconds: 10_000) == [.signal(signal)])
            }
            terminal.close()
            pseudo.hangUp()
        }
    }

    @Test("A program that was stopped and goes on paints its screen anew")
    func resume() throws {
        let pseudo = try PseudoTerminal(columns: 20, rows: 5)
        let terminal = try open(pseudo)
        terminal.paint(screen(terminal, "again"))
        #expect(pseudo.waits(for: "again"))
        let painted = pseudo.output.count
        kill(getpid(), SIGCONT)
        #expect(terminal.next(timeoutMilliseconds: 10_000).contains(.signal(.resume)))
        #expect(pseudo.waitUntil { $0.dropFirst(painted).firstRange(of: Array("again".utf8)) != nil })
        let since = String(decoding: pseudo.output.dropFirst(painted), as: UTF8.self)
        #expect(since.contains("\u{1B}[?1h"), "keys in application notation")
        #expect(since.contains("\u{1B}[?2004h"), "bracketed paste")
        #expect(since.split(separator: "\u{1B}").last { $0.hasPrefix("[?25") } == "[?25l", "the cursor is hidden")
        terminal.close()
        pseudo.hangUp()
    }

    @Test("Another thread can wake the one that waits, and many calls are one")
    func wake() throws {
        let pseudo = try PseudoTerminal(columns: 20, rows: 5)
        let terminal = try open(pseudo)
        let waker = terminal.waker
        Thread.detachNewThread { waker.wake() }
        #expect(terminal.next(timeoutMilliseconds: 10_000) == [.wake])
        for _ in 0..<100_000 { waker.wake() }
        #expect(terminal.next(timeoutMilliseconds: 10_000) == [.wake])
        #expect(terminal.next(timeoutMilliseconds: 0) == [])
        terminal.close()
        pseudo.hangUp()
    }

    @Test("Without colours, bold, reverse and underline remain")
    func mono() throws {
        let pseudo = try PseudoTerminal(columns: 20, rows: 5)
        let terminal = try open(pseudo, noColor: "1")
        #expect(terminal.capabilities.colors == 0)
        terminal.paint(screen(terminal, "down", role: .rejected))
        #expect(pseudo.waits(for: "1mdown"))
        terminal.close()
        let output = String(decoding: pseudo.output, as: UTF8.self)
        #expect(!output.contains("\u{1B}[31m"))
        pseudo.hangUp()
    }

    @Test("A locale that is not UTF-8 gets ASCII only")
    func asciiLocale() throws {
        let pseudo = try PseudoTerminal(columns: 40, rows: 5)
        let terminal = try open(pseudo, locale: "C")
        #expect(terminal.capabilities.glyphs == .ascii)
        terminal.paint(screen(terminal, "é…"))
        #expect(pseudo.waits(for: "\\u{e9}\\u{2026}"))
        terminal.close()
        pseudo.hangUp()
    }

    @Test("What is no terminal, and a terminal nobody knows, are refused with a remedy")
    func refusals() throws {
        let pipe = Pipe()
        let pseudo = try PseudoTerminal(columns: 20, rows: 5)
        let reading = pipe.fileHandleForReading.fileDescriptor
        let noTerminal = #expect(throws: TerminalError.self) { try CursesTerminal(input: reading, output: reading) }
        #expect(noTerminal?.code == .notATerminal)
        let unknown = #expect(throws: TerminalError.self) { try open(pseudo, term: "no-such-terminal") }
        #expect(unknown?.code == .unknownTerminal)
        let dumb = #expect(throws: TerminalError.self) { try open(pseudo, term: "dumb") }
        #expect(dumb?.code == .noCursorMovement)
        let terminal = try open(pseudo)
        let second = #expect(throws: TerminalError.self) { try open(pseudo) }
        #expect(second?.code == .busy)
        terminal.close()
        pseudo.hangUp()
    }

    @Test("A terminal that goes away ends the input")
    func gone() throws {
        let pseudo = try PseudoTerminal(columns: 20, rows: 5)
        let terminal = try open(pseudo)
        terminal.paint(screen(terminal, "bye"))
        pseudo.vanish()
        #expect(terminal.next(timeoutMilliseconds: 10_000) == [.endOfInput])
        terminal.paint(screen(terminal, "nobody sees this"))
        terminal.close()
        close(pseudo.slave)
    }

    @Test("A copy is base64 in OSC 52, and one that terminals would cut is not sent")
    func copy() throws {
        let pseudo = try PseudoTerminal(columns: 20, rows: 5)
        let terminal = try open(pseudo)
        #expect(terminal.copy(["abcd"]))
        #expect(pseudo.waits(for: "\u{1B}]52;c;YWJjZA==\u{7}"))
        #expect(!terminal.copy([SafeText(escaping: String(repeating: "x", count: 60_000), limit: .max)]))
        terminal.close()
        pseudo.hangUp()
    }
}
