import SafeText
import Terminal

/// Shows where a text that is looked for stands.
enum FoundMarks {
    /// Gives every place between two rows that holds the text the style of a mark.
    static func draw(_ find: FindState, into screen: inout Screen, rows: Range<Int>) {
        let wanted = Array(SafeText(find.text).string.lowercased().unicodeScalars)
        guard !wanted.isEmpty, wanted.count <= screen.size.columns else { return }
        for y in rows where y < screen.size.rows {
            let places = (0..<screen.size.columns).filter { (screen[$0, y]?.width ?? 0) > 0 }
            let glyphs = places.map { screen[$0, y]?.glyph.properties.lowercaseMapping }
            var start = 0
            while start + wanted.count <= glyphs.count {
                let fits = wanted.indices.allSatisfy { glyphs[start + $0] == String(wanted[$0]) }
                if fits { mark(places[start..<start + wanted.count], y, &screen) }
                start += fits ? wanted.count : 1
            }
        }
    }

    private static func mark(_ columns: ArraySlice<Int>, _ y: Int, _ screen: inout Screen) {
        for x in columns {
            guard var cell = screen[x, y] else { continue }
            cell.role = .mark
            screen.set(cell, x: x, y: y)
        }
    }
}
