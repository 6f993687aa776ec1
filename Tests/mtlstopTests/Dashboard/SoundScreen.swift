import SafeText
import Terminal

/// What must hold for every screen, whatever was drawn on it.
enum SoundScreen {
    /// What is wrong with a screen; empty when nothing is.
    static func faults(of screen: Screen) -> [String] {
        var faults: [String] = []
        if screen.cells.count != screen.size.columns * screen.size.rows { faults.append("cells are missing") }
        for y in 0..<screen.size.rows {
            let row = Array(screen.row(y))
            for (x, cell) in row.enumerated() {
                if let fault = fault(of: cell, after: x > 0 ? row[x - 1] : nil, isLast: x == row.count - 1) {
                    faults.append("\(fault) at \(x), \(y)")
                }
            }
        }
        return faults
    }

    private static func fault(of cell: Cell, after previous: Cell?, isLast: Bool) -> String? {
        switch cell.width {
        case 0: previous?.width == 2 ? nil : "a right half without its left half"
        case 1, 2:
            if previous?.width == 2 {
                "a wide character without its right half"
            } else if cell.width == 2 && isLast {
                "half a character at the edge"
            } else if cell.glyph.isHiddenOrHarmful || cell.glyph.cellWidth == 0 {
                "U+\(String(cell.glyph.value, radix: 16))"
            } else {
                cell.combining.contains(where: \.isHiddenOrHarmful) ? "a harmful mark" : nil
            }
        default: "a width of \(cell.width)"
        }
    }
}
