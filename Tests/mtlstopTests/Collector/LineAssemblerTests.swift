import TestSupport
import Testing

@testable import mtlstop

/// Bytes cut into lines, whatever the chunks.
@Suite("LineAssembler")
struct LineAssemblerTests {
    /// A piece as text, or as the length of what was too long.
    private enum Seen: Equatable {
        case line(String)
        case tooLong(head: Int, length: Int)
        case endless(Int)
    }

    private func feed(_ chunks: [[UInt8]], ending: Bool = true) -> [Seen] {
        var assembler = LineAssembler()
        var seen: [Seen] = []
        func take(_ piece: LineAssembler.Piece) -> Bool {
            switch piece {
            case .line(let line): seen.append(.line(String(decoding: line, as: UTF8.self)))
            case .tooLong(let head, let length): seen.append(.tooLong(head: head.count, length: length))
            case .endless(_, let length): seen.append(.endless(length))
            case .badFrame: Issue.record("lines have no frames")
            }
            return true
        }
        for chunk in chunks { chunk.withUnsafeBytes { assembler.feed($0, take) } }
        if ending { assembler.end(take) }
        return seen
    }

    @Test("However a text is cut into chunks, the lines are the same")
    func anyChunks() {
        let seed = UInt64.random(in: .min ... .max)
        var random = SeededGenerator(seed: seed)
        let text = "one\r\ntwo\n\n\r\nthree and more\nlast"
        let expected = ["one", "two", "", "", "three and more", "last"].map(Seen.line)
        for _ in 0..<200 {
            var chunks: [[UInt8]] = []
            var rest = Array(text.utf8)
            while !rest.isEmpty {
                let size = min(rest.count, Int.random(in: 1...9, using: &random))
                chunks.append(Array(rest[..<size]))
                rest.removeFirst(size)
            }
            #expect(feed(chunks) == expected, "seed \(seed)")
        }
    }

    @Test("A line of 256 KiB with its newline is taken; one byte more is skipped, and its head and length are told")
    func limit() {
        let longest = [UInt8](repeating: 0x61, count: LineAssembler.longestLine - 1)
        #expect(feed([longest + [0x0A]]) == [.line(String(decoding: longest, as: UTF8.self))])
        let over = longest + [0x61, 0x0A]
        let expected: [Seen] = [.tooLong(head: 256, length: over.count), .line("x")]
        #expect(feed([over + [0x78, 0x0A]]) == expected)
        #expect(feed([Array(over[..<100]), Array(over[100...]), [0x78, 0x0A]]) == expected)
        #expect(feed([longest, [0x61, 0x0A, 0x78]]) == expected)
    }

    @Test("A skipped line costs constant memory and ends as endless after 64 MiB")
    func endless() {
        let chunk = [UInt8](repeating: 0x61, count: 1 << 20)
        var assembler = LineAssembler()
        var lengths: [Int] = []
        for _ in 0..<64 {
            chunk.withUnsafeBytes {
                assembler.feed($0) { piece in
                    if case .endless(_, let length) = piece { lengths.append(length) }
                    return false
                }
            }
            #expect(assembler.heldBytes <= LineAssembler.headSize)
        }
        #expect(lengths == [64 << 20])
    }
}
