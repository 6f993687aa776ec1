/// Text that compares unequal although it looks the same: not in normal form C, or decoded wrongly.
enum TextForm {
    /// Whether a text is not in normal form C (for Latin, Greek, Cyrillic and Hangul), or UTF-8 that was read as Latin-1.
    static func isOdd(_ text: String) -> Bool {
        guard text.utf8.contains(where: { $0 >= 0x80 }) else { return false }
        let scalars = Array(text.unicodeScalars)
        return isDecomposed(scalars) || isMisread(scalars)
    }

    /// Letters with their marks as one scalar each; Swift's own comparison finds them by the two-scalar spelling too.
    private static let composed: Set<String> = Set(
        ([0xC0...0x24F, 0x370...0x52F, 0x1E00...0x1FFF] as [ClosedRange<UInt32>])
            .joined()
            .compactMap { Unicode.Scalar($0).map { String($0) } }
    )

    /// Signs that are only another code for a letter (ohm, kelvin, angstrom, tone marks, oxia, compatibility ideographs).
    private static func isSingleton(_ value: UInt32) -> Bool {
        switch value {
        case 0x2126, 0x212A, 0x212B, 0x340, 0x341, 0x343, 0x374, 0x37E, 0x387, 0x1FBE, 0xF900...0xFA0D,
            0xFA30...0xFAD9:
            true
        default: false
        }
    }

    private static func isDecomposed(_ scalars: [Unicode.Scalar]) -> Bool {
        if scalars.contains(where: { isSingleton($0.value) }) { return true }
        return zip(scalars, scalars.dropFirst()).contains { base, mark in
            if (0x1100...0x1112).contains(base.value), (0x1161...0x1175).contains(mark.value) { return true }
            guard mark.properties.canonicalCombiningClass != .notReordered else { return false }
            var pair = String(base)
            pair.unicodeScalars.append(mark)
            return composed.contains(pair)
        }
    }

    /// Whether the characters U+0080 to U+00FF, taken as bytes, hold a character of UTF-8.
    private static func isMisread(_ scalars: [Unicode.Scalar]) -> Bool {
        for (index, scalar) in scalars.enumerated() {
            let length: Int
            switch scalar.value {
            case 0xC2...0xDF: length = 2
            case 0xE0...0xEF: length = 3
            case 0xF0...0xF4: length = 4
            default: continue
            }
            let rest = scalars[(index + 1)...].prefix(length - 1)
            if rest.count == length - 1, rest.allSatisfy({ (0x80...0xBF).contains($0.value) }) { return true }
        }
        return false
    }
}
