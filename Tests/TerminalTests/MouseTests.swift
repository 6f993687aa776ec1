import SafeText
import Testing

@testable import Terminal

@Suite("The mouse is reported only while it is wanted", .serialized)
struct MouseTests {
    private func open(_ pseudo: PseudoTerminal) throws -> CursesTerminal {
        let end = pseudo.slave
        return try CursesTerminal(input: end, output: end, term: "xterm-256color", locale: "C.UTF-8", noColor: nil)
    }

    @Test("Presses and turns of the wheel arrive with their cells, and the terminal is left clean")
    func reports() throws {
        let pseudo = try PseudoTerminal(columns: 300, rows: 10)
        let terminal = try open(pseudo)
        terminal.paint(Screen(size: terminal.size, glyphs: .unicode))
        #expect(!String(decoding: pseudo.output, as: UTF8.self).contains("1000"))
        terminal.use(TerminalSettings(theme: .dark, usesMouse: true))
        #expect(pseudo.waits(for: "1000h"))
        // Column 251 of 300 is beyond what the old notation could say.
        pseudo.type("\u{1B}[<0;251;3M\u{1B}[<0;251;3m\u{1B}[<64;1;1M\u{1B}[<65;2;2M\u{1B}[<2;9;4M")
        var found: [TerminalInput] = []
        for _ in 0..<20 where found.count < 4 { found += terminal.next(timeoutMilliseconds: 500) }
        #expect(
            found == [
                .mouse(MouseInput(deed: .press, place: Point(x: 250, y: 2))),
                .mouse(MouseInput(deed: .wheelUp, place: Point(x: 0, y: 0))),
                .mouse(MouseInput(deed: .wheelDown, place: Point(x: 1, y: 1))),
                .mouse(MouseInput(deed: .otherPress, place: Point(x: 8, y: 3))),
            ]
        )
        terminal.close()
        #expect(pseudo.waits(for: "1000l"))
        pseudo.hangUp()
    }

    @Test("A broken report is no press, and the keys behind it are keys")
    func broken() throws {
        let pseudo = try PseudoTerminal(columns: 40, rows: 10)
        let terminal = try open(pseudo)
        terminal.use(TerminalSettings(usesMouse: true))
        pseudo.type("\u{1B}[<0;1x\u{1B}[<0;0;0Mq\u{1B}[<0;99999;99999;1M")
        var found: [TerminalInput] = []
        for _ in 0..<20 where !found.contains(.key(.character("M"))) {
            found += terminal.next(timeoutMilliseconds: 500)
        }
        #expect(found.prefix(2) == [.key(.character("x")), .key(.character("q"))])
        #expect(!found.contains { if case .mouse = $0 { true } else { false } })
        terminal.close()
        pseudo.hangUp()
    }

    @Test("Switched off, reports stop")
    func off() throws {
        let pseudo = try PseudoTerminal(columns: 40, rows: 10)
        let terminal = try open(pseudo)
        terminal.use(TerminalSettings(usesMouse: true))
        #expect(pseudo.waits(for: "1000h"))
        terminal.use(TerminalSettings())
        #expect(pseudo.waits(for: "1000l"))
        terminal.close()
        pseudo.hangUp()
    }

    @Test("A theme chosen later colours the next painting")
    func theme() throws {
        let pseudo = try PseudoTerminal(columns: 40, rows: 5)
        let terminal = try open(pseudo)
        var screen = Screen(size: terminal.size, glyphs: .unicode)
        screen.put("refused", x: 0, y: 0, role: .rejected)
        terminal.use(TerminalSettings(theme: .dark))
        terminal.paint(screen)
        #expect(pseudo.waits(for: "38;5;208m"))
        terminal.close()
        pseudo.hangUp()
    }
}
