import Glibc
import SafeText
import TestSupport
import Testing

@Suite("Cell widths and cutting")
struct WidthTests {
    @Test("Every scalar that may be shown has the width the C library tells curses")
    func agreesWithTheSystem() throws {
        let locale = try #require(newlocale(1 << Int32(LC_CTYPE), "C.UTF-8", nil))
        let before = uselocale(locale)
        defer {
            uselocale(before)
            freelocale(locale)
        }
        // The Glibc module hides the function: it is an extension of X/Open.
        let symbol = try #require(dlsym(nil, "wcwidth"))
        let wcwidth = unsafeBitCast(symbol, to: (@convention(c) (wchar_t) -> Int32).self)
        var differences: [String] = []
        for value in 0x20...UInt32(0x10FFFF) {
            guard let scalar = Unicode.Scalar(value), !scalar.isHiddenOrHarmful else { continue }
            let system = Int(wcwidth(wchar_t(bitPattern: value)))
            if system != scalar.cellWidth {
                differences.append("U+\(String(value, radix: 16)) \(scalar.cellWidth) here, \(system) there")
            }
        }
        #expect(differences.isEmpty, "\(differences.count): \(differences.prefix(40).joined(separator: ", "))")
    }

    @Test(
        "Text is measured in cells",
        arguments: [("", 0), ("abc", 3), ("世界", 4), ("e\u{301}", 1), ("\u{1B}", 2), ("\u{1F600}!", 3)]
    )
    func width(input: String, cells: Int) {
        #expect(SafeText(input).width == cells)
    }

    @Test(
        "A cut keeps the start, the end or both",
        arguments: [
            ("svc-billing-worker", 8, SafeText.Kept.start, "svc-bil…"),
            ("/v1/invoices/8812", 8, .end, "…es/8812"),
            ("0123456789abcdef", 9, .ends, "0123…cdef"),
            ("short", 8, .start, "short"),
            ("世界世界", 4, .start, "世…"),
            ("世界世界", 4, .end, "…界"),
            ("ab\u{1B}cd", 4, .start, "ab…"),
            ("ab\u{202E}", 5, .end, "…"),
            ("abc", 0, .start, ""),
            ("abc", 1, .start, "…"),
        ] as [(String, Int, SafeText.Kept, String)]
    )
    func cut(input: String, cells: Int, kept: SafeText.Kept, shown: String) {
        #expect(SafeText(input).cut(to: cells, keeping: kept).string == shown)
    }

    @Test("Padding fills up and never cuts")
    func padding() {
        let text: SafeText = "ab"
        #expect(text.padded(to: 5).string == "ab   ")
        #expect(text.padded(to: 5, .right).string == "   ab")
        #expect(text.padded(to: 5, .center).string == " ab  ")
        #expect(text.padded(to: 1).string == "ab")
    }

    @Test("Fitted text has exactly the cells asked for, and a cut never splits a grapheme or an escape")
    func fitted() {
        var generator = SeededGenerator("fitted text")
        for _ in 0..<2000 {
            let text = SafeText(generator.hostileString(upTo: 30))
            let cells = Int.random(in: 0...40, using: &generator)
            let kept = [SafeText.Kept.start, .end, .ends].randomElement(using: &generator) ?? .start
            #expect(text.fitted(to: cells, keeping: kept).width == cells, "seed \(generator.seed)")
            let start = text.prefix(cells: cells)
            #expect(text.string.unicodeScalars.starts(with: start.string.unicodeScalars), "seed \(generator.seed)")
            #expect((start + text.dropping(start)).string == text.string, "seed \(generator.seed)")
            #expect(SafeText(start.string).unescapedBytes == Array(start.string.utf8), "seed \(generator.seed)")
        }
    }
}
