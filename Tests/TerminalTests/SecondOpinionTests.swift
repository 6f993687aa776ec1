import Foundation
import SafeText
import Testing

@testable import Terminal

extension CursesTerminalTests {
    /// A terminal emulator of other people (pyte) reads the bytes from its input and prints the grid.
    private static let reader = """
        import sys, pyte
        screen = pyte.Screen(int(sys.argv[1]), int(sys.argv[2]))
        pyte.ByteStream(screen).feed(sys.stdin.buffer.read())
        print("\\n".join(line.rstrip() for line in screen.display))
        """

    // pyte knows neither REP nor the scrolling of xterm and its kin: those are left to our own emulator.
    @Test("A terminal emulator written by others shows the same screen", arguments: ["linux", "vt100"])
    func secondOpinion(term: String) throws {
        var generator = SeededGenerator("a second opinion on \(term)")
        let pseudo = try PseudoTerminal(columns: 41, rows: 11)
        let terminal = try open(pseudo, term: term)
        defer { pseudo.hangUp() }
        var screen = Screen(size: terminal.size, glyphs: .unicode)
        for round in 0..<40 {
            if round % 5 == 0 { screen = Screen(size: terminal.size, glyphs: .unicode) }
            for _ in 0..<6 {
                let words = ["svc-billing", "REJ", "世界 edge", "/v1/invoices", "é", "0123456789", "    "]
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
