package import SafeText

/// The characters the program draws with, in two sets: box and block characters, or ASCII.
package struct GlyphSet: Hashable, Sendable {
    /// True when only ASCII may reach the terminal.
    package let isASCII: Bool
    /// The horizontal line.
    package let rule: Unicode.Scalar
    /// The vertical line.
    package let vertical: Unicode.Scalar
    /// The corners of a box: upper left, upper right, lower left, lower right.
    package let corners: [Unicode.Scalar]
    /// What stands where text was cut.
    package let cutMark: SafeText
    /// A branch of a tree with others below it.
    package let treeBranch: SafeText
    /// The last branch of a tree.
    package let treeLast: SafeText
    /// The line past a branch that goes on below.
    package let treeLine: SafeText
    /// Steps of a sparkline, lowest first.
    private let steps: [Unicode.Scalar]
    /// Parts of a bar's last cell, the smallest first; the full cell is the last of them.
    private let parts: [Unicode.Scalar]

    /// Box drawing, blocks in eighths, and `…`.
    package static let unicode = GlyphSet(
        isASCII: false,
        rule: "\u{2500}",
        vertical: "\u{2502}",
        corners: ["\u{250C}", "\u{2510}", "\u{2514}", "\u{2518}"],
        cutMark: "…",
        treeBranch: "\u{251C}\u{2500}",
        treeLast: "\u{2514}\u{2500}",
        treeLine: "\u{2502} ",
        steps: scalars(0x2581...0x2588),
        parts: scalars(0x2588...0x258F).reversed()
    )

    /// ASCII only, for terminals that are not UTF-8.
    package static let ascii = GlyphSet(
        isASCII: true,
        rule: "-",
        vertical: "|",
        corners: ["+", "+", "+", "+"],
        cutMark: "~",
        treeBranch: "+-",
        treeLast: "+-",
        treeLine: "| ",
        steps: Array(".:-=*#".unicodeScalars),
        parts: ["#"]
    )

    /// A bar of exactly `width` cells, filled from the left by `fraction`, 0 to 1.
    ///
    /// Anything above zero shows at least the smallest part.
    package func bar(fraction: Double, width: Int) -> SafeText {
        guard width > 0 else { return "" }
        let share = fraction.isFinite ? min(max(fraction, 0), 1) : 0
        var filled = Int((share * Double(width * parts.count)).rounded())
        if filled == 0, share > 0 { filled = 1 }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: repeatElement(parts[parts.count - 1], count: filled / parts.count))
        if filled % parts.count > 0 { text.append(parts[filled % parts.count - 1]) }
        return SafeText(String(text)).padded(to: width)
    }

    /// One cell for each value, scaled to the largest; zero has the lowest step for itself.
    package func sparkline(_ values: [Int]) -> SafeText {
        let largest = Double(max(1, values.max() ?? 1))
        var text = String.UnicodeScalarView()
        for value in values {
            let height = Double(max(0, value)) / largest * Double(steps.count - 1)
            text.append(steps[Int(height.rounded(.up))])
        }
        return SafeText(String(text))
    }

    /// The text cut to `cells` cells with this set's mark.
    package func cut(_ text: SafeText, to cells: Int, keeping kept: SafeText.Kept = .start) -> SafeText {
        safe(text).cut(to: cells, keeping: kept, mark: cutMark)
    }

    /// The text cut or padded to exactly `cells` cells with this set's mark.
    package func fitted(
        _ text: SafeText,
        to cells: Int,
        _ alignment: SafeText.Alignment = .left,
        keeping kept: SafeText.Kept = .start
    ) -> SafeText {
        safe(text).fitted(to: cells, alignment, keeping: kept, mark: cutMark)
    }

    /// The text as this set can show it: the ASCII set escapes everything beyond.
    package func safe(_ text: SafeText) -> SafeText {
        isASCII ? text.asciiOnly() : text
    }

    private static func scalars(_ range: ClosedRange<UInt32>) -> [Unicode.Scalar] {
        range.compactMap(Unicode.Scalar.init)
    }
}
