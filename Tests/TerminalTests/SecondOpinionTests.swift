import Foundation
import SafeText
import TestSupport
import Testing

@testable import Terminal

extension CursesTerminalTests {
    /// A terminal emulator of other people (pyte) reads the bytes from its input and prints the grid.
    private static let reader = """
        import sys, pyte
        class Screen(pyte.Screen):
            def draw(self, data):
                self.last = data[-1]
                super().draw(data)
            def repeat(self, count=1):
                self.draw(self.last * (count or 1))
            def scroll(self, count, edge, step):
                top, bottom = self.margins or (0, self.lines - 1)
                x, y = self.cursor.x, self.cursor.y
                self.cursor.y = bottom if edge else top
                for _ in range(count or 1):
                    step()
                self.cursor.x, self.cursor.y = x, y
            def scroll_up(self, count=1):
                self.scroll(count, True, self.index)
            def scroll_down(self, count=1):
                self.scroll(count, False, self.reverse_index)
            def back_tab(self, count=1):
                for _ in range(count or 1):
                    self.cursor.x = max([0] + [stop for stop in self.tabstops if stop < self.cursor.x])
        class Stream(pyte.ByteStream):
            more = {"b": "repeat", "S": "scroll_up", "T": "scroll_down", "Z": "back_tab"}
            csi = dict(pyte.ByteStream.csi, **more)
            events = frozenset(pyte.ByteStream.events) | set(more.values())
        screen = Screen(int(sys.argv[1]), int(sys.argv[2]))
        Stream(screen).feed(sys.stdin.buffer.read())
        print("\\n".join(line.rstrip() for line in screen.display))
        """

    // pyte knows neither REP nor the scrolling and back-tabs of xterm and its kin: the script adds those four.
    @Test(
        "A terminal emulator written by others shows the same screen",
        arguments: ["xterm-256color", "screen-256color", "tmux-256color", "linux", "vt100"]
    )
    func secondOpinion(term: String) throws {
        var generator = SeededGenerator("a second opinion on \(term)")
        let pseudo = try PseudoTerminal(columns: 41, rows: 11)
        let terminal = try open(pseudo, term: term)
        defer { pseudo.hangUp() }
        var screen = Screen(size: terminal.size, glyphs: .unicode)
        for round in 0..<40 {
            if round % 5 == 0 { screen = Screen(size: terminal.size, glyphs: .unicode) }
            for _ in 0..<6 {
                let words = [
                    "svc-billing", "REJ", "------------------", "世界 edge", "/v1/invoices", "é", "0123456789", "    ",
                ]
                let text = SafeText(words.randomElement(using: &generator) ?? "")
                let x = Int.random(in: -3...40, using: &generator)
                let role = Role.allCases.randomElement(using: &generator) ?? .text
                screen.put(text, x: x, y: Int.random(in: 0..<11, using: &generator), role: role)
            }
            terminal.paint(screen)
        }
        #expect(terminal.copy(["the end"]))
        let marker = Array(Data("the end".utf8).base64EncodedString().utf8) + [7]
        #expect(pseudo.waitUntil { $0.firstRange(of: marker) != nil })
        let shown = try Self.display(of: pseudo.output, size: terminal.size)
        terminal.close()
        let wanted = screen.text().trimmingCharacters(in: .newlines)
        #expect(shown.trimmingCharacters(in: .newlines) == wanted, "seed \(generator.seed)")
    }

    private static func display(of bytes: [UInt8], size: Size) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        process.arguments = ["-c", reader, "\(size.columns)", "\(size.rows)"]
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        input.fileHandleForWriting.write(Data(bytes))
        try input.fileHandleForWriting.close()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return text
    }
}
