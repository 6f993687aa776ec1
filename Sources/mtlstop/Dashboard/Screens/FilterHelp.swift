import AuditStore
import SafeText
import Terminal

/// The words of the filter language, from the list that the parser reads.
enum FilterHelp {
    /// Cells of an example and the gap behind it.
    private static let exampleWidth = 24

    /// An example of every word with what it means, in lines of a width.
    static func lines(width: Int) -> [DocumentLine] {
        var lines: [DocumentLine] = [.heading("filter words")]
        for word in FilterWord.allCases {
            lines += entry(SafeText(word.example), SafeText(word.summary), width: width)
        }
        lines += entry("and or not ( ) \"text\"", "combine words", width: width)
        return lines + entry("billing", "a bare word searches subject, path, ip and reason", width: width)
    }

    private static func entry(_ example: SafeText, _ summary: SafeText, width: Int) -> [DocumentLine] {
        let parts = TextWrap.lines(summary, width: max(12, width - exampleWidth))
        return parts.enumerated().map { index, part in
            let head = index == 0 ? example : ""
            return DocumentLine([Span(head.padded(to: exampleWidth), .input), Span(part)])
        }
    }
}
