extension Unicode.Scalar {
    /// True for what must never be shown or written raw: the one predicate for screens, tables, reports and JSON.
    ///
    /// C0, DEL and C1 controls; the twelve bidi controls and every other format character; default-ignorable and
    /// other invisible scalars (zero width, fillers, variation selectors, tags); spaces that look like U+0020 and are
    /// not; line and paragraph separators; private use, noncharacters, and what Unicode 14.0 had not assigned (the
    /// version Debian 12's C library knows, so that the terminal and this table agree about widths).
    package var isHiddenOrHarmful: Bool {
        switch value {
        case 0x20...0x7E: return false
        case 0...0x1F, 0x7F...0xA0: return true
        case 0xA1...0xAC, 0xAE...0x24F: return false
        case 0x400...0x481, 0x48A...0x52F: return false
        case 0x4E00...0x9FFF, 0xAC00...0xD7A3: return false
        case 0xFFFD: return false
        // Braille blank and the null note head are symbols by category and empty on the screen.
        case 0x2800, 0x1D159: return true
        default: return isHiddenByProperty
        }
    }

    private var isHiddenByProperty: Bool {
        switch properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned: return true
        case .lineSeparator, .paragraphSeparator, .spaceSeparator: return true
        default: break
        }
        if properties.isDefaultIgnorableCodePoint || properties.isNoncharacterCodePoint { return true }
        guard let age = properties.age else { return true }
        return age.major > 14
    }
}
