import SafeText
import Terminal
import TestSupport
import Testing

@Suite("Widgets")
struct WidgetTests {
    private let columns = [
        TableColumn("TIME", minimum: 8, priority: 90),
        TableColumn("SUBJECT", minimum: 10, weight: 2, priority: 100),
        TableColumn("ISSUER", minimum: 6, maximum: 12, weight: 1, priority: 10),
        TableColumn("PATH", minimum: 8, weight: 1, priority: 80),
    ]

    @Test("Columns share the room by weight, none beyond its maximum")
    func shares() {
        let layout = TableLayout(columns, width: 75)
        #expect(layout.places.map(\.index) == [0, 1, 2, 3])
        #expect(layout.places.map(\.width).reduce(0, +) == 72)
        #expect(layout.width(of: 0) == 8)
        #expect(layout.width(of: 2) == 12)
        #expect((layout.width(of: 1) ?? 0) > (layout.width(of: 3) ?? 0))
    }

    @Test("Columns go by priority when there is no room, and one always stays")
    func drops() {
        #expect(TableLayout(columns, width: 30).places.map(\.index) == [0, 1, 3])
        #expect(TableLayout(columns, width: 20).places.map(\.index) == [0, 1])
        #expect(TableLayout(columns, width: 5).places.map(\.width) == [5])
        #expect(TableLayout(columns, width: 0).places.map(\.width) == [0])
    }

    @Test("Columns never overlap or leave the table")
    func places() {
        for width in 1...120 {
            let layout = TableLayout(columns, width: width)
            for (left, right) in zip(layout.places, layout.places.dropFirst()) {
                #expect(left.x + left.width + 1 == right.x)
            }
            let end = layout.places.last.map { $0.x + $0.width } ?? 0
            #expect(end <= width)
        }
    }

    @Test(
        "Text breaks at blanks, long words inside",
        arguments: [
            ("the quick brown fox", 10, 0, ["the quick", "brown fox"]),
            ("abcdefghij", 4, 0, ["abcd", "efgh", "ij"]),
            ("世界世界", 5, 0, ["世界", "世界"]),
            ("a bb ccc", 3, 1, ["a", " bb", " cc", " c"]),
            ("", 10, 0, []),
            ("界", 1, 0, ["界"]),
        ] as [(String, Int, Int, [String])]
    )
    func wrapping(text: String, width: Int, indent: Int, lines: [String]) {
        #expect(TextWrap.lines(SafeText(text), width: width, indent: indent).map(\.string) == lines)
    }

    @Test("A bar fills its width in eighths, and anything above zero shows")
    func bars() {
        #expect(GlyphSet.unicode.bar(fraction: 0.5, width: 4).string == "██  ")
        #expect(GlyphSet.unicode.bar(fraction: 0.3125, width: 2).string == "▋ ")
        #expect(GlyphSet.unicode.bar(fraction: 0.0001, width: 4).string == "▏   ")
        #expect(GlyphSet.unicode.bar(fraction: 0, width: 4).string == "    ")
        #expect(GlyphSet.unicode.bar(fraction: 7, width: 4).string == "████")
        #expect(GlyphSet.ascii.bar(fraction: 0.5, width: 4).string == "##  ")
        #expect(GlyphSet.ascii.bar(fraction: .nan, width: 2).string == "  ")
    }

    @Test("A sparkline is scaled to its largest value, and only zero is lowest")
    func sparklines() {
        #expect(GlyphSet.unicode.sparkline([0, 1, 7]).string == "▁▂█")
        #expect(GlyphSet.unicode.sparkline([0, 1, 1000]).string == "▁▂█")
        #expect(GlyphSet.ascii.sparkline([0, 1, 5]).string == ".:#")
        #expect(GlyphSet.ascii.sparkline([0, 0]).string == "..")
        #expect(GlyphSet.ascii.sparkline([]).string == "")
    }

    @Test("Typing, moving and deleting edit the line")
    func editing() {
        var editor = LineEditor("class:expired")
        #expect(editor.handle(.control("w")) == .changed)
        #expect(editor.isEmpty)
        for scalar in "cn:a b".unicodeScalars { #expect(editor.handle(.character(scalar)) == .changed) }
        #expect(editor.handle(.alt("b")) == .moved)
        #expect(editor.handle(.backspace) == .changed)
        #expect(editor.text == "cn:ab")
        #expect(editor.handle(.home) == .moved)
        #expect(editor.handle(.delete) == .changed)
        #expect(editor.text == "n:ab")
        #expect(editor.handle(.end) == .moved)
        #expect(editor.handle(.right) == .moved)
        #expect(editor.cursor == 4)
        #expect(editor.handle(.control("u")) == .changed)
        #expect(editor.handle(.backspace) == .moved)
        #expect(editor.handle(.up) == .ignored)
    }

    @Test("What was cut away comes back at the cursor, and two characters change places")
    func killing() {
        var editor = LineEditor("outcome:rej and ip:10")
        _ = editor.handle(.control("w"))
        #expect(editor.text == "outcome:rej and ")
        _ = editor.handle(.home)
        _ = editor.handle(.control("y"))
        #expect(editor.text == "ip:10outcome:rej and ")
        _ = editor.handle(.control("k"))
        #expect(editor.text == "ip:10")
        _ = editor.handle(.control("t"))
        #expect(editor.text == "ip:01")
        #expect(editor.handle(.control("t")) == .changed && editor.text == "ip:10")
        var short = LineEditor("a")
        #expect(short.handle(.control("t")) == .moved && short.text == "a")
    }

    @Test("A paste is one line, and a line has an end")
    func pasting() {
        var editor = LineEditor("a")
        #expect(editor.paste(Untrusted("b\nc\td")) == .changed)
        #expect(editor.text == "ab c d")
        #expect(editor.paste(Untrusted(String(repeating: "x", count: 10_000))) == .changed)
        #expect(editor.text.unicodeScalars.count == LineEditor.limit)
        #expect(editor.handle(.character("y")) == .moved)
    }

    @Test("The part around the cursor is visible, escaped, and fits")
    func visible() {
        var editor = LineEditor("ab\u{1B}cd")
        #expect(editor.visible(width: 20).text.string == "ab\\ecd")
        #expect(editor.visible(width: 20).cursor == 6)
        #expect(editor.visible(width: 4).text.string == "cd")
        #expect(editor.visible(width: 4).cursor < 4)
        _ = editor.handle(.home)
        #expect(editor.visible(width: 4).text.string == "ab\\e")
        #expect(editor.visible(width: 4).cursor == 0)
        #expect(editor.visible(width: 0).text.isEmpty)
    }

    @Test("Any keys leave the editor with a cursor in its text")
    func anyKeys() {
        var generator = SeededGenerator("line editor")
        let keys: [Key] = [
            .left, .right, .home, .end, .backspace, .delete, .control("w"), .control("k"), .control("u"), .alt("b"),
            .alt("f"), .alt("d"), .character(" "), .character("界"), .character("a"),
        ]
        var editor = LineEditor()
        for _ in 0..<3000 {
            _ = editor.handle(keys.randomElement(using: &generator) ?? .left)
            #expect(0...editor.text.unicodeScalars.count ~= editor.cursor, "seed \(generator.seed)")
            let width = Int.random(in: 1...12, using: &generator)
            let (text, cursor) = editor.visible(width: width)
            #expect(text.width <= width && cursor < width, "seed \(generator.seed)")
        }
    }

    @Test(
        "Control characters have keys of their own",
        arguments: [
            ("\r", .enter), ("\n", .enter), ("\t", .tab), ("\u{1B}", .escape), ("\u{7F}", .backspace),
            ("\u{8}", .backspace), ("\u{0}", .control(" ")), ("\u{1}", .control("a")), ("\u{1C}", .control("\\")),
            ("a", .character("a")),
        ] as [(Unicode.Scalar, Key)]
    )
    func controlKeys(character: Unicode.Scalar, key: Key) {
        #expect(Key(character: character) == key)
    }
}
