/// Comparisons that look at bytes and fold only the letters A to Z.
///
/// Swift compares strings by canonical equivalence and folds the whole of Unicode (the Kelvin sign becomes `k`); neither
/// may decide who is let in.
package enum ASCII {
    /// The text with A to Z in lower case and everything else as it is.
    package static func lowercased(_ text: String) -> String {
        guard text.utf8.contains(where: { (65...90).contains($0) }) else { return text }
        return String(decoding: text.utf8.map { (65...90).contains($0) ? $0 + 32 : $0 }, as: UTF8.self)
    }

    /// Whether both have the same bytes.
    package static func same(_ left: String, _ right: String) -> Bool {
        left.utf8.count == right.utf8.count && left.utf8.elementsEqual(right.utf8)
    }

    /// Whether both have the same bytes when A to Z are folded.
    package static func sameIgnoringCase(_ left: String, _ right: String) -> Bool {
        same(lowercased(left), lowercased(right))
    }

    /// Whether two header names are one, when A to Z are folded and, if that is asked for, `_` is a `-`.
    static func sameName(_ left: String, _ right: String, foldingUnderscores: Bool) -> Bool {
        guard left.utf8.count == right.utf8.count else { return false }
        return zip(left.utf8, right.utf8).allSatisfy { left, right in
            left == right || folded(left, foldingUnderscores) == folded(right, foldingUnderscores)
        }
    }

    private static func folded(_ byte: UInt8, _ foldingUnderscores: Bool) -> UInt8 {
        switch byte {
        case 65...90: byte + 32
        case UInt8(ascii: "_") where foldingUnderscores: UInt8(ascii: "-")
        default: byte
        }
    }

    /// The bytes without blanks and tabs at both ends (the optional white space of RFC 9110 section 5.6.3).
    static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var result = bytes
        while let first = result.first, first == 32 || first == 9 { result.removeFirst() }
        while let last = result.last, last == 32 || last == 9 { result.removeLast() }
        return result
    }
}
