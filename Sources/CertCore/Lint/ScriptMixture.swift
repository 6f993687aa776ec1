/// Words that mix scripts, or consist of letters of one script that look like those of another (UTS 39 section 5).
enum ScriptMixture {
    private enum Script: Hashable {
        case latin, greek, cyrillic, armenian, hebrew, arabic, georgian, cherokee, han, kana, bopomofo, hangul
    }

    /// Mixtures that are ordinary: Japanese, Chinese and Korean, each beside Latin (UTS 39, highly restrictive).
    private static let ordinary: [Set<Script>] = [
        [.latin, .han, .kana], [.latin, .han, .bopomofo], [.latin, .han, .hangul],
    ]

    /// Cyrillic and Greek letters that cannot be told from Latin ones in most fonts.
    private static let lookalikes = Set(
        "\u{430}\u{435}\u{43E}\u{440}\u{441}\u{443}\u{445}\u{456}\u{458}\u{455}\u{4BB}\u{501}\u{51B}\u{51D}\u{4CF}"
            .unicodeScalars
    ).union(
        "\u{410}\u{412}\u{415}\u{41A}\u{41C}\u{41D}\u{41E}\u{420}\u{421}\u{422}\u{423}\u{425}\u{406}\u{408}\u{405}"
            .unicodeScalars
    ).union(
        "\u{3BF}\u{3BD}\u{391}\u{392}\u{395}\u{396}\u{397}\u{399}\u{39A}\u{39C}\u{39D}\u{39F}\u{3A1}\u{3A4}\u{3A5}\u{3A7}"
            .unicodeScalars
    )

    /// Whether one of the words is suspicious; words of several scripts beside each other are not.
    static func isSuspicious(_ text: String) -> Bool {
        guard text.utf8.contains(where: { $0 >= 0x80 }) else { return false }
        var word: [Unicode.Scalar] = []
        for scalar in text.unicodeScalars {
            if scalar.properties.isAlphabetic || scalar.properties.numericType != nil || isMark(scalar) {
                word.append(scalar)
            } else {
                if isSuspicious(word) { return true }
                word.removeAll(keepingCapacity: true)
            }
        }
        return isSuspicious(word)
    }

    private static func isSuspicious(_ word: [Unicode.Scalar]) -> Bool {
        let scripts = Set(word.compactMap(script))
        if scripts.count > 1 { return !ordinary.contains { scripts.isSubset(of: $0) } }
        let letters = word.filter { script($0) != nil }
        return letters.count > 1 && letters.allSatisfy(lookalikes.contains)
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: true
        default: false
        }
    }

    /// The script of a letter; nil for digits, marks, and scripts that have no lookalikes here.
    private static func script(_ scalar: Unicode.Scalar) -> Script? {
        guard scalar.properties.isAlphabetic else { return nil }
        switch scalar.value {
        case 0x41...0x2AF, 0x1D00...0x1D7F, 0x1E00...0x1EFF, 0x2C60...0x2C7F, 0xA720...0xA7FF, 0xFB00...0xFB06,
            0xFF21...0xFF5A:
            return .latin
        case 0x370...0x3FF, 0x1F00...0x1FFF: return .greek
        case 0x400...0x52F, 0x1C80...0x1C8F, 0x2DE0...0x2DFF, 0xA640...0xA69F: return .cyrillic
        case 0x531...0x58A, 0xFB13...0xFB17: return .armenian
        case 0x5D0...0x5F4: return .hebrew
        case 0x620...0x6FF, 0x750...0x77F: return .arabic
        case 0x10A0...0x10FF, 0x1C90...0x1CBF, 0x2D00...0x2D2F: return .georgian
        case 0x13A0...0x13FF, 0xAB70...0xABBF: return .cherokee
        case 0x3041...0x30FF, 0x31F0...0x31FF, 0xFF66...0xFF9F: return .kana
        case 0x3105...0x312F: return .bopomofo
        case 0x1100...0x11FF, 0x3131...0x318E, 0xAC00...0xD7A3: return .hangul
        case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x323AF: return .han
        default: return nil
        }
    }
}
