import SafeText

/// One cell of a screen.
package struct Cell: Equatable, Sendable {
    /// The base character; a blank in the right half of a wide one.
    package let glyph: Unicode.Scalar
    /// Cells taken: 1, 2 for a wide character, 0 for the right half of the wide character before.
    package let width: UInt8
    /// What the cell means.
    package var role: Role
    /// True on the selected row, drawn in reverse.
    package var isSelected: Bool
    /// Marks on the base character, 0 where there is none: three are all that `SafeText` lets through.
    private var marks: (UInt32, UInt32, UInt32) = (0, 0, 0)

    /// A cell with one character; what must not be shown raw becomes a blank.
    package init(_ glyph: Unicode.Scalar, role: Role = .text, isSelected: Bool = false) {
        let width = glyph.cellWidth
        let isShown = !glyph.isHiddenOrHarmful && width > 0
        self.glyph = isShown ? glyph : " "
        self.width = isShown ? UInt8(width) : 1
        self.role = role
        self.isSelected = isSelected
    }

    private init(rightHalfOf cell: Cell) {
        glyph = " "
        width = 0
        role = cell.role
        isSelected = cell.isSelected
    }

    /// The cell that stands right of a wide one.
    var rightHalf: Cell { Cell(rightHalfOf: self) }

    /// An empty cell in the same style.
    var blanked: Cell { Cell(" ", role: role, isSelected: isSelected) }

    /// True when marks sit on the base character.
    package var hasMarks: Bool { marks.0 != 0 }

    /// The marks that sit on the base character.
    package var combining: [Unicode.Scalar] {
        [marks.0, marks.1, marks.2].compactMap { $0 == 0 ? nil : Unicode.Scalar($0) }
    }

    /// Adds a mark; a fourth one, or one that must not be shown raw, is left out.
    package mutating func add(mark: Unicode.Scalar) {
        guard width > 0, !mark.isHiddenOrHarmful else { return }
        if marks.0 == 0 {
            marks.0 = mark.value
        } else if marks.1 == 0 {
            marks.1 = mark.value
        } else if marks.2 == 0 {
            marks.2 = mark.value
        }
    }

    /// Appends the base character and its marks; nothing for a right half.
    package func append(to text: inout String) {
        guard width > 0 else { return }
        text.unicodeScalars.append(glyph)
        if hasMarks { text.unicodeScalars.append(contentsOf: combining) }
    }

    /// Cells are equal when they look the same.
    package static func == (left: Cell, right: Cell) -> Bool {
        left.glyph == right.glyph && left.width == right.width && left.role == right.role
            && left.isSelected == right.isSelected && left.marks == right.marks
    }
}
