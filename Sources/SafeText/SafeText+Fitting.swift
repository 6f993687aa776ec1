extension SafeText {
    /// Which part of a text that is too long stays.
    public enum Kept: Sendable {
        /// The beginning: words.
        case start
        /// The end: paths.
        case end
        /// Both ends: fingerprints; the middle is cut.
        case ends
    }

    /// Where a text stands in the room it gets.
    public enum Alignment: Sendable {
        /// Blanks after it.
        case left
        /// Blanks before it.
        case right
        /// Blanks on both sides.
        case center
    }

    /// The text in at most `cells` cells, with `mark` where something was left out.
    ///
    /// A grapheme, a wide character and an escape are never cut in two, so the result may be narrower than `cells`.
    public func cut(to cells: Int, keeping kept: Kept = .start, mark: SafeText = "…") -> SafeText {
        guard cells > 0 else { return "" }
        if string.utf8.count <= cells || width <= cells { return self }
        let room = cells - mark.width
        guard room >= 0 else { return "" }
        switch kept {
        case .start: return prefix(cells: room) + mark
        case .end: return mark + suffix(cells: room)
        case .ends: return prefix(cells: room - room / 2) + mark + suffix(cells: room / 2)
        }
    }

    /// The text with blanks up to `cells` cells; a text that is longer stays as it is.
    public func padded(to cells: Int, _ alignment: Alignment = .left) -> SafeText {
        let missing = cells - width
        guard missing > 0 else { return self }
        let before: Int
        switch alignment {
        case .left: before = 0
        case .right: before = missing
        case .center: before = missing / 2
        }
        let text = SafeText.blanks(before) + string + SafeText.blanks(missing - before)
        return SafeText(trusted: text, wasEscaped: wasEscaped)
    }

    /// The text in exactly `cells` cells: cut or padded as needed.
    public func fitted(
        to cells: Int,
        _ alignment: Alignment = .left,
        keeping kept: Kept = .start,
        mark: SafeText = "…"
    ) -> SafeText {
        cut(to: cells, keeping: kept, mark: mark).padded(to: cells, alignment)
    }

    /// The longest beginning of the text that fits in `cells` cells, without a mark.
    package func prefix(cells: Int) -> SafeText {
        if isPlain { return SafeText(trusted: String(string.utf8.prefix(max(0, cells))) ?? "", wasEscaped: false) }
        var end = string.startIndex
        var used = 0
        while end < string.endIndex {
            let unit = unit(at: end)
            guard used + unit.width <= cells else { break }
            used += unit.width
            end = unit.end
        }
        return SafeText(trusted: String(string[..<end]), wasEscaped: wasEscaped)
    }

    /// The longest end of the text that fits in `cells` cells, without a mark.
    package func suffix(cells: Int) -> SafeText {
        if isPlain { return SafeText(trusted: String(string.utf8.suffix(max(0, cells))) ?? "", wasEscaped: false) }
        let units = units
        var start = units.count
        var used = 0
        while start > 0, used + units[start - 1].width <= cells {
            start -= 1
            used += units[start].width
        }
        let index = start == 0 ? string.startIndex : units[start - 1].end
        return SafeText(trusted: String(string[index...]), wasEscaped: wasEscaped)
    }

    private static func blanks(_ count: Int) -> String {
        count > 0 ? String(repeating: " ", count: count) : ""
    }
}
