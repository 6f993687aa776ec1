import Foundation
import SafeText
import TestSupport
import Testing

@testable import Terminal

extension CursesTerminalTests {
    @Test(
        "After any sequence of screens the terminal shows the last one",
        arguments: ["xterm-256color", "screen-256color", "tmux-256color", "linux", "vt100"]
    )
    func oracle(term: String) throws {
        var generator = SeededGenerator("painting on \(term)")
        let pseudo = try PseudoTerminal(columns: 37, rows: 9)
        let terminal = try open(pseudo, term: term)
        defer {
            terminal.close()
            pseudo.hangUp()
        }
        var emulated = EmulatedTerminal(columns: 37, rows: 9)
        var screen = Screen(size: terminal.size, glyphs: .unicode)
        var read = 0
        for frame in 0..<60 {
            if Int.random(in: 0..<4, using: &generator) == 0 { screen = Screen(size: terminal.size, glyphs: .unicode) }
            generator.draw(on: &screen)
            terminal.paint(screen)
            // What follows the picture in the stream tells that all of it has arrived.
            #expect(terminal.copy(["frame \(frame)"]))
            let marker = Array(Data("frame \(frame)".utf8).base64EncodedString().utf8)
            #expect(pseudo.waitUntil { $0.dropFirst(read).firstRange(of: marker + [7]) != nil })
            let output = pseudo.output
            emulated.take(Array(output[read...])) { $0.cellWidth }
            read = output.count
            #expect(emulated.text == screen.text(), "frame \(frame), seed \(generator.seed)")
            #expect(emulated.unknown.isEmpty, "\(emulated.unknown)")
        }
    }

    @Test("Foreign text never sends a sequence of its own to the terminal")
    func onlyOwnSequences() throws {
        var generator = SeededGenerator("hostile text painted")
        let pseudo = try PseudoTerminal(columns: 60, rows: 12)
        let terminal = try open(pseudo)
        for _ in 0..<40 {
            var screen = Screen(size: terminal.size, glyphs: .unicode)
            for y in 0..<12 {
                screen.put(SafeText("\u{1B}]0;owned\u{7}" + generator.hostileString(upTo: 50)), x: 0, y: y)
            }
            terminal.paint(screen)
        }
        terminal.close()
        #expect(pseudo.waits(for: "\u{1B}[?1049l"))
        let output = String(decoding: pseudo.output, as: UTF8.self)
        #expect(!output.contains("\u{1B}]"))
        let controls = output.unicodeScalars.filter { $0.isHiddenOrHarmful }
        let allowed: Set<Unicode.Scalar> = ["\u{1B}", "\r", "\n", "\u{8}", "\t", "\u{F}"]
        #expect(controls.allSatisfy { allowed.contains($0) }, "seed \(generator.seed)")
        pseudo.hangUp()
    }
}

extension SeededGenerator {
    /// A few texts, rules and highlights at random places, on and off the screen.
    mutating func draw(on screen: inout Screen) {
        for _ in 0..<Int.random(in: 1...6, using: &self) {
            let x = Int.random(in: -5...screen.size.columns + 3, using: &self)
            let y = Int.random(in: -1...screen.size.rows, using: &self)
            let role = Role.allCases.randomElement(using: &self) ?? .text
            switch Int.random(in: 0..<8, using: &self) {
            case 0: screen.rule(y: y, title: SafeText(hostileString(upTo: 12)), role: role)
            case 1: screen.highlightRow(y: y, from: x)
            case 2: screen.box(Rect(x: x, y: y, width: 9, height: 4), title: "a 界")
            case 3: screen.fill(Rect(x: x, y: y, width: 5, height: 2), "#", role: role)
            default:
                let width = Bool.random(using: &self) ? Int.random(in: 0...20, using: &self) : nil
                screen.put(SafeText(hostileString(upTo: 40)), x: x, y: y, width: width, role: role)
            }
        }
    }
}
