import AuditStore
import SafeText
import Terminal

/// Two certificates or two events, field by field: what differs first.
enum ComparisonDocument {
    static func make(_ name: ComparisonName, _ state: DashboardState, width: Int) -> Document {
        var document = Document()
        guard let comparison = state.comparison(name) else {
            document.add(StyledLine("reading…", .dim))
            return document
        }
        document.field("left", title(comparison.left), width: width)
        document.field("right", title(comparison.right), width: width)
        add(comparison, state.times, to: &document, width: width)
        return document
    }

    /// What one side is called.
    private static func title(_ side: Comparison.Side) -> SafeText {
        switch side {
        case .event(let event): "event \(event.id)"
        case .certificate(let dossier):
            "\(SafeText(dossier.record.usage.certificate.shownName)), "
                + "\(SafeText(dossier.record.usage.certificate.shortFingerprint))"
        case .missing: "no renewal of it has been seen"
        }
    }

    /// The differences, then what is the same.
    static func add(_ comparison: Comparison, _ times: TimeWriter, to document: inout Document, width: Int) {
        let left = ComparedField.of(comparison.left, times)
        let right = ComparedField.of(comparison.right, times)
        guard !left.isEmpty, !right.isEmpty else { return }
        let labels = labels(left, right)
        let different = labels.filter { values($0, left) != values($0, right) }
        document.heading("\(Figures.counted(different.count, "difference", "differences"))")
        addDifferences(comparison, times, to: &document, width: width)
        document.heading("the same")
        for label in labels where !different.contains(label) {
            document.field(label.cut(to: 10), values(label, left).joined(separator: ", "), width: width, role: .dim)
        }
    }

    /// The differences alone, without a heading.
    static func addDifferences(_ comparison: Comparison, _ times: TimeWriter, to document: inout Document, width: Int) {
        let left = ComparedField.of(comparison.left, times)
        let right = ComparedField.of(comparison.right, times)
        for label in labels(left, right) where values(label, left) != values(label, right) {
            difference(label, values(label, left), values(label, right), &document, width)
        }
    }

    /// Every label of both, in the order they first come.
    private static func labels(_ left: [ComparedField], _ right: [ComparedField]) -> [SafeText] {
        (left + right).map(\.label).reduce(into: []) { labels, label in
            if !labels.contains(label) { labels.append(label) }
        }
    }

    private static func values(_ label: SafeText, _ fields: [ComparedField]) -> [SafeText] {
        fields.filter { $0.label == label }.flatMap(\.values)
    }

    /// What only the left has after `-`, what only the right has after `+`.
    private static func difference(
        _ label: SafeText,
        _ left: [SafeText],
        _ right: [SafeText],
        _ document: inout Document,
        _ width: Int
    ) {
        let gone: [Span] = left.filter { !right.contains($0) }.map { Span("- \($0)", .rejected) }
        let new: [Span] = right.filter { !left.contains($0) }.map { Span("+ \($0)", .ok) }
        for (index, entry) in (gone + new).enumerated() {
            let head: SafeText = index == 0 ? label.cut(to: 10) : ""
            document.add(Label.wrapped(head, entry.text, width: width, entry.role))
        }
    }
}
