import SafeText
import Terminal

/// The words for "where we are" in the position line.
enum Position {
    /// "reason 1 of 6"; "reading" while the rows are not known.
    static func row(_ index: Int, of count: Int?, _ word: SafeText) -> StyledLine {
        guard let count else { return StyledLine("reading…", .dim) }
        return count == 0
            ? StyledLine("nothing here", .dim) : StyledLine("\(word) \(index + 1) of \(Figures.grouped(count))")
    }
}
