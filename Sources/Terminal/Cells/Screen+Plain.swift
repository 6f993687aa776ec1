extension Screen {
    /// The same text without lines between parts and frames, for copying with the mouse and for reading aloud.
    package func withoutDecoration() -> Screen {
        var plain = self
        let frame = Set(glyphs.corners + [glyphs.vertical])
        for y in 0..<size.rows {
            for (x, cell) in row(y).enumerated() {
                let isLine =
                    cell.role == .rule || (cell.role == .title && frame.contains(cell.glyph) && !glyphs.isASCII)
                if isLine { plain.set(Cell(" "), x: x, y: y) }
            }
        }
        return plain
    }
}
