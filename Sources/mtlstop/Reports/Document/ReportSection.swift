import SafeText

/// A numbered part of a document.
struct ReportSection {
    /// The name in links.
    var id: String
    var title: SafeText
    /// What the part answers, in a sentence or two.
    var lead: SafeText
    var blocks: [ReportBlock]
}

/// A piece of a section.
enum ReportBlock {
    case paragraph(SafeText)
    case heading(SafeText)
    /// Names and what they stand for.
    case facts([(SafeText, ReportCell)])
    case table(ReportTable)
    case chart(ReportChart)
    /// Lines to fill in by hand.
    case signatures([SafeText])
    /// A command to type.
    case command(String)
}

/// A picture of numbers that also stand in a table.
enum ReportChart {
    /// Accepted and rejected over time.
    case timeline(TimelineChart)
    /// Names and numbers, the largest first.
    case bars([(name: SafeText, value: Int64)], label: SafeText)
    /// Certificates by the week in which they end.
    case forecast([Int], label: SafeText)
}
