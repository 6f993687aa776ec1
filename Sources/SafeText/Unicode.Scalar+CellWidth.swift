extension Unicode.Scalar {
    /// The cells a terminal gives this scalar: 0 for marks that sit on the character before, 2 for wide ones, else 1.
    ///
    /// East Asian ambiguous characters are narrow, as terminals outside of legacy East Asian locales draw them.
    /// Scalars that are never shown raw (`isHiddenOrHarmful`) may have any value here.
    package var cellWidth: Int {
        if value < 0x300 { return 1 }
        if CellWidthTable.isZero(self) { return 0 }
        return CellWidthTable.isWide(value) ? 2 : 1
    }
}

/// Which scalars are wide and which take no cell.
///
/// Unicode 14.0: East Asian wide and fullwidth; nonspacing and enclosing marks; Hangul medial and final letters, which
/// join the initial letter before them. Circled numbers U+3248… and hexagrams U+4DC0… are wide and U+1171E is a mark
/// because the C library, by which curses moves the cursor, has them so.
private enum CellWidthTable {
    static func isWide(_ value: UInt32) -> Bool {
        if value < 0x1100 { return false }
        if 0x4E00...0x9FFF ~= value || 0xAC00...0xD7A3 ~= value { return true }
        var low = 0
        var high = wide.count
        while low < high {
            let middle = (low + high) / 2
            if value > wide[middle].1 { low = middle + 1 } else { high = middle }
        }
        return low < wide.count && wide[low].0 <= value
    }

    static func isZero(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x300...0x36F: return true
        case 0x1160...0x11FF, 0xD7B0...0xD7FF, 0x1171E: return true
        case 0x370...0x482, 0x48A...0x590, 0x2190...0x2BFF, 0x4E00...0x9FFF, 0xAC00...0xD7A3: return false
        default: break
        }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark: return true
        default: return false
        }
    }

    /// First and last scalar of each wide range; ranges run over unassigned gaps.
    // swift-format-ignore
    private static let wide: [(UInt32, UInt32)] = [
        (0x1100, 0x115F), (0x231A, 0x231B), (0x2329, 0x232A), (0x23E9, 0x23EC), (0x23F0, 0x23F0),
        (0x23F3, 0x23F3), (0x25FD, 0x25FE), (0x2614, 0x2615), (0x2648, 0x2653), (0x267F, 0x267F),
        (0x2693, 0x2693), (0x26A1, 0x26A1), (0x26AA, 0x26AB), (0x26BD, 0x26BE), (0x26C4, 0x26C5),
        (0x26CE, 0x26CE), (0x26D4, 0x26D4), (0x26EA, 0x26EA), (0x26F2, 0x26F3), (0x26F5, 0x26F5),
        (0x26FA, 0x26FA), (0x26FD, 0x26FD), (0x2705, 0x2705), (0x270A, 0x270B), (0x2728, 0x2728),
        (0x274C, 0x274C), (0x274E, 0x274E), (0x2753, 0x2755), (0x2757, 0x2757), (0x2795, 0x2797),
        (0x27B0, 0x27B0), (0x27BF, 0x27BF), (0x2B1B, 0x2B1C), (0x2B50, 0x2B50), (0x2B55, 0x2B55),
        (0x2E80, 0x303E), (0x3041, 0xA4C6), (0xA960, 0xA97C),
        (0xAC00, 0xD7A3), (0xF900, 0xFAD9), (0xFE10, 0xFE19), (0xFE30, 0xFE6B), (0xFF01, 0xFF60),
        (0xFFE0, 0xFFE6), (0x16FE0, 0x1B2FB), (0x1F004, 0x1F004), (0x1F0CF, 0x1F0CF), (0x1F18E, 0x1F18E),
        (0x1F191, 0x1F19A), (0x1F200, 0x1F320), (0x1F32D, 0x1F335), (0x1F337, 0x1F37C), (0x1F37E, 0x1F393),
        (0x1F3A0, 0x1F3CA), (0x1F3CF, 0x1F3D3), (0x1F3E0, 0x1F3F0), (0x1F3F4, 0x1F3F4), (0x1F3F8, 0x1F43E),
        (0x1F440, 0x1F440), (0x1F442, 0x1F4FC), (0x1F4FF, 0x1F53D), (0x1F54B, 0x1F54E), (0x1F550, 0x1F567),
        (0x1F57A, 0x1F57A), (0x1F595, 0x1F596), (0x1F5A4, 0x1F5A4), (0x1F5FB, 0x1F64F), (0x1F680, 0x1F6C5),
        (0x1F6CC, 0x1F6CC), (0x1F6D0, 0x1F6D2), (0x1F6D5, 0x1F6DF), (0x1F6EB, 0x1F6EC), (0x1F6F4, 0x1F6FC),
        (0x1F7E0, 0x1F7F0), (0x1F90C, 0x1F93A), (0x1F93C, 0x1F945), (0x1F947, 0x1F9FF), (0x1FA70, 0x1FAF8),
        (0x20000, 0x323AF),
    ]
}
