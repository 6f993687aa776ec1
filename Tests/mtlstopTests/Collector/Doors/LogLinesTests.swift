import TestSupport
import Testing

@testable import mtlstop

/// Cutting a followed file into lines.
@Suite("Lines of a followed file")
struct LogLinesTests {
    @Test("However a file is read, its lines and their ends are the same")
    func chunks() {
        let seed = UInt64.random(in: 1...UInt64.max)
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<300 {
            let size = Int.random(in: 0...2000, using: &generator)
            let text = (0..<size).map { _ in UInt8.random(in: 0...12, using: &generator) }
            var expected: [(line: [UInt8], end: Int64)] = []
            var start = 0
            for (index, byte) in text.enumerated() where byte == 10 {
                expected.append((Array(text[start..<index]), Int64(index + 1) + 7))
                start = index + 1
            }
            if start < text.count { expected.append((Array(text[start...]), Int64(text.count) + 7)) }
            var found: [(line: [UInt8], end: Int64)] = []
            var lines = LogLines(from: 7)
            var rest = text[...]
            while !rest.isEmpty {
                let chunk = Array(rest.prefix(Int.random(in: 1...200, using: &generator)))
                rest = rest.dropFirst(chunk.count)
                chunk.withUnsafeBytes { lines.feed($0) { line, _, end in found.append((Array(line), end)) } }
            }
            lines.end { line, _, end in found.append((Array(line), end)) }
            #expect(found.map(\.line) == expected.map(\.line), "seed \(seed)")
            #expect(found.map(\.end) == expected.map(\.end), "seed \(seed)")
        }
    }

    @Test("Of a line over the limit only the beginning is kept, and its length")
    func longLine() {
        var lines = LogLines(from: 0)
        var found: [(Int, Int, Int64)] = []
        let chunk = [UInt8](repeating: 0x78, count: 100_000)
        for _ in 0..<30 { chunk.withUnsafeBytes { lines.feed($0) { found.append(($0.count, $1, $2)) } } }
        ([0x0a, 0x79, 0x0a] as [UInt8]).withUnsafeBytes { lines.feed($0) { found.append(($0.count, $1, $2)) } }
        #expect(found.map(\.1) == [3_000_000, 1] && found.map(\.2) == [3_000_001, 3_000_003])
        #expect(found.first.map { $0.0 <= LineAssembler.headSize } == true)
    }
}
