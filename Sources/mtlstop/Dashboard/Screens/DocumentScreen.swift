import SafeText
import Terminal

/// Draws the document on top: an event, a certificate, or the why page.
enum DocumentScreen {
    static func draw(_ state: DashboardState, into screen: inout Screen) {
        let document = state.document
        let width = screen.size.columns - 2
        let start = min(max(0, state.scroll), document.lines.count)
        for (index, line) in document.lines[start...].prefix(state.layout.bodyRows).enumerated() {
            let y = state.layout.bodyTop + index
            if line.isHeading {
                screen.rule(y: y, title: line.text.text)
            } else {
                screen.put(line.text, x: 1, y: y, width: width)
            }
        }
    }

    /// Which part is at the top, of how many: "section 2/7: findings, [ ] Tab".
    static func section(_ state: DashboardState) -> SafeText {
        let document = state.document
        let sections = document.sections
        guard sections.count > 1 else { return "" }
        let hasStart = sections.first != 0
        let passed = sections.count { $0 <= state.scroll }
        let number = max(1, passed + (hasStart ? 1 : 0))
        let title: SafeText = passed == 0 ? "overview" : document.lines[sections[passed - 1]].text.text
        return "section \(number)/\(sections.count + (hasStart ? 1 : 0)): \(title.cut(to: 22))   [ ] Tab"
    }

    static func position(_ state: DashboardState) -> StyledLine {
        let count = state.document.lines.count
        let last = min(count, state.scroll + state.layout.bodyRows)
        if count <= state.layout.bodyRows { return StyledLine("all \(count) lines", .dim) }
        return StyledLine("lines \(state.scroll + 1)-\(last) of \(count)")
    }
}

extension DashboardState {
    /// The document on top; empty when a list is.
    var document: Document {
        let width = size.columns - 2
        switch place {
        case .event(let id): return EventDocument.make(id, self, width: width)
        case .certificate(let name): return CertificatePage.make(name, self, width: width)
        case .why(let id): return WhyDocument.make(id, self, width: width)
        case .sql(let question): return SQLDocument.make(question, self, width: width)
        case .comparison(let name): return ComparisonDocument.make(name, self, width: width)
        case .parties, .partyEvents, nil: return Document()
        }
    }
}
