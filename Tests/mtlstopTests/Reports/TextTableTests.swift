import SafeText
import Testing

@testable import mtlstop

@Suite("Tables of text")
struct TextTableTests {
    private let columns = [
        TextTable.Column(title: "NAME", least: 4, shrinks: true),
        TextTable.Column(title: "N", alignment: .right, least: 1),
        TextTable.Column(title: "PATH", least: 4, shrinks: true, keeping: .end),
    ]

    @Test("Columns are aligned and nothing stands after the last cell")
    func alignment() {
        let rows: [[SafeText]] = [["a", "7", "/x"], ["longer", "1234", ""]]
        let table = TextTable(columns, rows: rows, width: nil)
        #expect(table.header.string == "NAME       N  PATH")
        #expect(table.line(rows[0]).string == "a          7  /x")
        #expect(table.line(rows[1]).string == "longer  1234")
    }

    @Test("A line is never wider than asked, down to the least widths", arguments: [18, 20, 30, 200])
    func width(_ width: Int) {
        let rows: [[SafeText]] = [
            ["a-rather-long-name-of-a-client", "12", "/a/path/that/goes/on"], ["日本語の名前です", "1", "/"],
        ]
        let table = TextTable(columns, rows: rows, width: width)
        for row in rows { #expect(table.line(row).width <= max(width, 18)) }
        if width == 30 { #expect(table.line(rows[0]).string.hasSuffix("/goes/on")) }
    }
}
