import AuditStore
import SafeText
import Terminal

/// The words of the filter language, from the list that the parser reads.
enum FilterHelp {
    static let lines: [DocumentLine] =
        [.heading("filter words")]
        + FilterWord.allCases.map { word in
            DocumentLine([Span(SafeText(word.example).padded(to: 28), .input), Span(" "), Span(SafeText(word.summary))])
        }
        + [
            DocumentLine([
                Span(SafeText(stringLiteral: "and or not ( ) \"text\"").padded(to: 28), .input), Span(" "),
                Span("combine; a bare word searches subject, path, ip, reason"),
            ])
        ]
}
