import SafeText
import Terminal

/// Scrolling in a document.
extension DashboardState {
    mutating func scrollDocument(_ action: Action) {
        let page = max(1, layout.bodyRows)
        guard let step = ListStep(action, page: page) else { return }
        switch step {
        case .by(let lines): scroll += lines
        case .first: scroll = 0
        case .last: scroll = maximumScroll
        }
        scroll = min(max(0, scroll), maximumScroll)
    }

    /// Goes to a section of the certificate's page.
    mutating func jump(to section: SafeText) {
        let lines = document.lines
        guard let place = lines.firstIndex(where: { $0.isHeading && $0.text.text == section }) else {
            say("the certificate itself was not passed on: there is no such section")
            return
        }
        scroll = min(place, maximumScroll)
    }

    /// Goes to the next or previous heading.
    mutating func jumpSection(forward: Bool) {
        guard !isList else { return }
        let headings = document.sections
        let target = forward ? headings.first { $0 > scroll } : headings.last { $0 < scroll }
        scroll = min(target ?? (forward ? maximumScroll : 0), maximumScroll)
    }
}
