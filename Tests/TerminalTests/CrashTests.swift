import Foundation
import SafeText
import Testing

@testable import Terminal

@Suite("A program that dies with the terminal open", .serialized)
struct CrashTests {
    private func expectRestored(_ pseudo: PseudoTerminal, since before: termios) {
        #expect(pseudo.waits(for: "\u{1B}[?1049l"))
        #expect(pseudo.waits(for: "\u{1B}[?2004l"))
        var after = termios()
        tcgetattr(pseudo.slave, &after)
        #expect(after.c_lflag == before.c_lflag)
        #expect(after.c_iflag == before.c_iflag)
        pseudo.hangUp()
    }

    private func start() throws -> (PseudoTerminal, termios) {
        let pseudo = try PseudoTerminal(columns: 40, rows: 10)
        var before = termios()
        tcgetattr(pseudo.slave, &before)
        return (pseudo, before)
    }

    private static func paint(on path: String) throws -> CursesTerminal {
        let descriptor = open(path, O_RDWR | O_NOCTTY)
        let terminal = try CursesTerminal(input: descriptor, output: descriptor, term: "xterm-256color")
        terminal.paint(Screen(size: terminal.size, glyphs: .ascii))
        return terminal
    }

    @Test("An abort restores the terminal and still aborts")
    func abortion() async throws {
        let (pseudo, before) = try start()
        await #expect(processExitsWith: .signal(SIGABRT)) { [path = pseudo.path as String] in
            let terminal = try CrashTests.paint(on: path)
            withExtendedLifetime(terminal) { abort() }
        }
        expectRestored(pseudo, since: before)
    }

    @Test("A trap restores the terminal and still fails")
    func trap() async throws {
        let (pseudo, before) = try start()
        await #expect(processExitsWith: .failure) { [path = pseudo.path as String] in
            let terminal = try CrashTests.paint(on: path)
            let columns = terminal.size.columns
            withExtendedLifetime(terminal) { precondition(columns < 0, "a trap on purpose") }
        }
        expectRestored(pseudo, since: before)
    }

    @Test("An exit from anywhere restores the terminal")
    func earlyExit() async throws {
        let (pseudo, before) = try start()
        await #expect(processExitsWith: .exitCode(7)) { [path = pseudo.path as String] in
            let terminal = try CrashTests.paint(on: path)
            withExtendedLifetime(terminal) { exit(7) }
        }
        expectRestored(pseudo, since: before)
    }
}
