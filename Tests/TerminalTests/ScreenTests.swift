import SafeText
import Terminal
import TestSupport
import Testing

@Suite("Screens as values")
struct ScreenTests {
    private func screen(_ columns: Int, _ rows: Int = 1, glyphs: GlyphSet = .unicode) -> Screen {
        Screen(size: Size(columns: columns, rows: rows), glyphs: glyphs)
    }

    @Test("Text is clipped to its width and to the screen")
    func clipping() {
        var screen = screen(8, 2)
        #expect(screen.put("abcdef", x: 0, y: 0, width: 4) == 4)
        #expect(screen.put("xyz", x: 6, y: 0) == 8)
        #expect(screen.put("left", x: -2, y: 1) == 2)
        screen.put("below", x: 0, y: 7)
        screen.put("beside", x: 99, y: 0)
        #expect(screen.text() == "abcd  xy\nft")
    }

    @Test("A wide character that meets an edge becomes a blank")
    func wideAtEdges() {
        var right = screen(3)
        right.put("a界界", x: 0, y: 0)
        #expect(right.text() == "a界")
        var cut = screen(4)
        cut.put("界界", x: 0, y: 0, width: 3)
        #expect(cut.text() == "界")
        var left = screen(4)
        left.put("界b", x: -1, y: 0)
        #expect(left.text() == " b")
        var last = screen(4)
        last.put("界", x: 3, y: 0)
        #expect(last.text() == "")
    }

    @Test("Overwriting one half of a wide character blanks the other")
    func halves() {
        var screen = screen(6)
        screen.put("界界", x: 0, y: 0)
        screen.put("x", x: 1, y: 0)
        #expect(screen.text() == " x界")
        screen.put("y", x: 2, y: 0)
        #expect(screen.text() == " xy")
        screen.put("界界", x: 0, y: 0)
        screen.put("語", x: 1, y: 0)
        #expect(screen.text() == " 語")
    }

    @Test("Marks sit on the character before, wide or not, and never on a neighbour's")
    func marks() {
        var screen = screen(8)
        let text = "e\u{301}界\u{302}!"
        screen.put(SafeText(text), x: 0, y: 0)
        #expect(screen.text().unicodeScalars.elementsEqual(text.unicodeScalars))
        #expect(screen[1, 0]?.combining == ["\u{302}"])
        #expect(screen[2, 0]?.width == 0)
    }

    @Test("The ASCII set lets nothing else through")
    func ascii() {
        var screen = screen(30, 3, glyphs: .ascii)
        screen.put("Grüße…", x: 0, y: 0)
        screen.box(Rect(x: 0, y: 1, width: 10, height: 2), title: "é")
        #expect(screen.text().utf8.allSatisfy { $0 < 0x80 })
        #expect(screen.text().hasPrefix("Gr\\u{fc}\\u{df}e\\u{2026}"))
    }

    @Test("A screen of no size takes everything and shows nothing")
    func empty() {
        for size in [Size(columns: 0, rows: 0), Size(columns: 0, rows: 3), Size(columns: 3, rows: 0)] {
            var screen = Screen(size: size, glyphs: .unicode)
            screen.put("界 text", x: 0, y: 0)
            screen.popup(content: Size(columns: 10, rows: 5), title: "t")
            screen.highlightRow(y: 0)
            screen.rule(y: 0, title: "title")
            #expect(screen.text().allSatisfy { $0 == "\n" })
            #expect(ScreenRun.changes(from: nil, to: screen).allSatisfy { $0.end == 0 })
        }
    }

    @Test("Screens look like their golden files", arguments: [GlyphSet.unicode, GlyphSet.ascii])
    func golden(glyphs: GlyphSet) throws {
        var screen = screen(48, 9, glyphs: glyphs)
        let columns = [
            TableColumn("TIME", minimum: 8), TableColumn("SUBJECT", minimum: 8, weight: 2),
            TableColumn("PATH", minimum: 6, weight: 1, keeping: .end),
        ]
        let layout = TableLayout(columns, width: 46)
        let hostile = "evil\u{1B}[31mname"
        screen.put(headings: layout, x: 1, y: 0)
        let rows: [[TableCell]] = [
            ["14:02:17", "svc-billing", "/v1/invoices/8812"].map { TableCell($0) },
            [TableCell("14:02:16"), TableCell(SafeText(hostile), role: .escaped), TableCell("/x", role: .rejected)],
        ]
        for (index, row) in rows.enumerated() {
            screen.put(row: row, layout: layout, x: 1, y: index + 1, selected: index == 1)
        }
        screen.rule(y: 3, title: "why")
        screen.put(glyphs.bar(fraction: 0.37, width: 12), x: 1, y: 4, role: .bar)
        screen.put(glyphs.sparkline([0, 1, 2, 3, 5, 8, 13]), x: 20, y: 4, role: .bar)
        let room = screen.box(Rect(x: 2, y: 5, width: 30, height: 4), title: "Export", footer: "Esc closes")
        screen.put("CSV 世界", x: room.x, y: room.y, role: .input)
        screen.cursor = Point(x: room.x + 8, y: room.y)
        try GoldenScreen.compare(screen, with: glyphs.isASCII ? "widgets-ascii" : "widgets-unicode")
    }

    @Test("Any drawing keeps every row whole and every cell printable")
    func wholeRows() {
        var generator = SeededGenerator("whole rows")
        for _ in 0..<400 {
            let columns = Int.random(in: 1...60, using: &generator)
            var screen = screen(columns, Int.random(in: 1...12, using: &generator))
            for _ in 0..<4 { generator.draw(on: &screen) }
            for y in 0..<screen.size.rows {
                let row = Array(screen.row(y))
                #expect(row.count == columns)
                for (x, cell) in row.enumerated() {
                    let followsWide = x > 0 && row[x - 1].width == 2
                    #expect((cell.width == 0) == followsWide, "seed \(generator.seed)")
                    let shown = [cell.glyph] + cell.combining
                    #expect(shown.allSatisfy { !$0.isHiddenOrHarmful }, "seed \(generator.seed)")
                }
                #expect(row.last?.width != 2, "seed \(generator.seed)")
                #expect(row.reduce(0) { $0 + Int($1.width) } == columns, "seed \(generator.seed)")
            }
        }
    }

    @Test("The changes between two screens turn one into the other")
    func changes() {
        var generator = SeededGenerator("changes")
        for _ in 0..<400 {
            var old = screen(30, 6)
            generator.draw(on: &old)
            var new = old
            generator.draw(on: &new)
            let runs = ScreenRun.changes(from: old, to: new)
            var painted = old
            painted.apply(runs, from: new)
            #expect(painted == new, "seed \(generator.seed)")
            #expect(ScreenRun.changes(from: new, to: new).isEmpty)
            for run in runs {
                #expect(new[run.start, run.y]?.width != 0, "seed \(generator.seed)")
                #expect(new[run.end - 1, run.y]?.width != 2, "seed \(generator.seed)")
            }
        }
    }
}
