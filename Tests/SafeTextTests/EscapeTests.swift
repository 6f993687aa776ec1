import SafeText
import TestSupport
import Testing

@Suite("Text from outside")
struct EscapeTests {
    @Test(
        "Harmful characters appear in the visible notation",
        arguments: [
            ("plain text", "plain text"),
            ("evil\u{1B}[31mname", "evil\\e[31mname"),
            ("a\nb\rc\td", "a\\nb\\rc\\td"),
            ("\u{0}\u{7}\u{8}\u{7F}", "\\x00\\x07\\x08\\x7f"),
            ("\u{9B}31m\u{85}", "\\x9b31m\\x85"),
            ("abc\u{202E}cba\u{2066}", "abc\\u{202e}cba\\u{2066}"),
            ("\u{61C}\u{200E}\u{200F}", "\\u{61c}\\u{200e}\\u{200f}"),
            ("a\u{200B}b\u{AD}c\u{FEFF}d\u{2060}", "a\\u{200b}b\\u{ad}c\\u{feff}d\\u{2060}"),
            ("\u{2764}\u{FE0F}\u{200D}\u{1F525}", "\u{2764}\\u{fe0f}\\u{200d}\u{1F525}"),
            ("x\u{E0041}\u{E007F}", "x\\u{e0041}\\u{e007f}"),
            ("\u{2028}\u{2029}", "\\u{2028}\\u{2029}"),
            ("\u{E000}\u{F8FF}\u{10FFFD}", "\\u{e000}\\u{f8ff}\\u{10fffd}"),
            ("\u{3164}\u{FFA0}\u{115F}\u{180E}", "\\u{3164}\\u{ffa0}\\u{115f}\\u{180e}"),
            ("a\u{A0}b", "a\\u{a0}b"),
            ("Grüße, 世界 Привет", "Grüße, 世界 Привет"),
        ] as [(String, String)]
    )
    func notation(input: String, shown: String) {
        #expect(SafeText(input).string == shown)
        #expect(SafeText(input).wasEscaped == (shown != input))
    }

    @Test(
        "A literal backslash is doubled only where it could be read as notation",
        arguments: [
            ("C:\\dir", "C:\\dir"), ("a\\nb", "a\\\\nb"), ("\\x1b", "\\\\x1b"), ("\\u{202e}", "\\\\u{202e}"),
            ("\\e", "\\\\e"), ("end\\", "end\\"), ("\\\\", "\\\\\\"), ("\\\u{1B}", "\\\\\\e"),
        ]
    )
    func backslash(input: String, shown: String) {
        #expect(SafeText(input).string == shown)
        #expect(SafeText(input).unescapedBytes == Array(input.utf8))
    }

    @Test(
        "Bytes that are no UTF-8 are shown one by one",
        arguments: [
            ([0x61, 0xFF, 0x62], "a\\xffb"), ([0xC3], "\\xc3"), ([0xC0, 0x80], "\\xc0\\x80"),
            ([0xED, 0xA0, 0x80], "\\xed\\xa0\\x80"), ([0xF4, 0x90, 0x80, 0x80], "\\xf4\\x90\\x80\\x80"),
            ([0xE2, 0x82, 0x41], "\\xe2\\x82A"), ([0xC3, 0xA9], "é"), ([0xF0, 0x9F, 0x98, 0x80], "\u{1F600}"),
        ] as [([UInt8], String)]
    )
    func invalidBytes(bytes: [UInt8], shown: String) {
        #expect(SafeText(Untrusted(bytes: bytes)).string == shown)
    }

    @Test("A base carries at most three marks, and a mark without a base is escaped")
    func marks() {
        let pile = "a" + String(repeating: "\u{301}", count: 5)
        #expect(
            SafeText(pile).string.unicodeScalars.elementsEqual("a\u{301}\u{301}\u{301}\\u{301}\\u{301}".unicodeScalars)
        )
        let orphan = "\u{301}a"
        #expect(SafeText(orphan).string == "\\u{301}a")
        let afterNotation = "\u{1B}\u{301}"
        #expect(SafeText(afterNotation).string == "\\e\\u{301}")
    }

    @Test("All twelve bidi controls are hidden or harmful")
    func bidi() {
        let controls: [UInt32] = [0x61C, 0x200E, 0x200F] + Array(0x202A...0x202E) + Array(0x2066...0x2069)
        #expect(controls.count == 12)
        #expect(controls.compactMap(Unicode.Scalar.init).allSatisfy { $0.isHiddenOrHarmful })
    }

    @Test("Noncharacters are shown by number", arguments: [0xFDD0, 0xFFFE, 0x1_FFFF, 0x10_FFFF] as [UInt32])
    func noncharacters(value: UInt32) throws {
        let scalar = try #require(Unicode.Scalar(value))
        #expect(SafeText(String(scalar)).string == "\\u{" + String(value, radix: 16) + "}")
    }

    @Test("Only so many scalars are shown, then a mark")
    func limit() {
        let long = String(repeating: "x", count: 100)
        #expect(SafeText(escaping: long, limit: 10).string == "xxxxxxxxxx…")
        #expect(SafeText(escaping: long, limit: 100).string == long)
        #expect(SafeText(Untrusted(bytes: Array(repeating: 0xFF, count: 9000))).string.utf8.count == 8192 * 4 + 3)
    }

    @Test("Interpolation escapes strings and takes safe texts and numbers as they are")
    func interpolation() {
        let name = "a\u{1B}b"
        let text: SafeText = "CN \(name) in \(SafeText(name)), \(42) times \\n"
        #expect(text.string == "CN a\\eb in a\\eb, 42 times \\n")
        #expect(text.wasEscaped)
        let own: SafeText = "own\u{1B}words"
        #expect(own.string == "own\\ewords")
    }

    @Test("Any text shown has printable scalars only, and reads back as it was")
    func reversible() {
        var generator = SeededGenerator("reversible text")
        for _ in 0..<3000 {
            let original = generator.hostileString(upTo: 60)
            let shown = SafeText(original)
            #expect(shown.string.unicodeScalars.allSatisfy { !$0.isHiddenOrHarmful }, "seed \(generator.seed)")
            #expect(shown.unescapedBytes == Array(original.utf8), "seed \(generator.seed): \(Array(original.utf8))")
            #expect(shown.asciiOnly().unescapedBytes == Array(original.utf8), "seed \(generator.seed)")
            #expect(shown.asciiOnly().string.utf8.allSatisfy { 0x20...0x7E ~= $0 }, "seed \(generator.seed)")
            let again = SafeText(shown.string)
            #expect(again.unescapedBytes == Array(shown.string.utf8), "seed \(generator.seed)")
        }
    }

    @Test("Any bytes can be shown, and only stray C1 bytes read back in another form")
    func anyBytes() {
        var generator = SeededGenerator("any bytes")
        for _ in 0..<3000 {
            let original = generator.hostileBytes(upTo: 60)
            let shown = SafeText(Untrusted(bytes: original))
            #expect(shown.string.unicodeScalars.allSatisfy { !$0.isHiddenOrHarmful }, "seed \(generator.seed)")
            let back = SafeText(Untrusted(bytes: shown.unescapedBytes))
            #expect(back == shown, "seed \(generator.seed): \(original)")
        }
    }
}
