import CertCore
import SafeText
import Terminal

/// The words of line 3 about what came since somebody last looked; they go when it is marked as read.
enum NewsBand {
    /// The line in Live without a filter, and in Changes; nil where there is nothing to say.
    static func line(_ state: DashboardState) -> StyledLine? {
        guard let looked = state.lastLook, let news = state.news, !news.isEmpty else { return nil }
        guard state.view == .changes || (state.view == .live && !state.filter.isActive) else { return nil }
        let isWide = state.layout.isWide
        let head: SafeText = isWide ? " since you last looked " : " since "
        var parts: [Span] = [
            Span(head, .mark), Span("\(state.times.brief(looked)): ", .mark),
            Span("\(Figures.short(news.events)) \(isWide ? "events" : "ev")"),
            Span(
                " \(Figures.short(news.rejected)) \(isWide ? "rejected" : "rej")",
                news.rejected > 0 ? .rejected : .text
            ),
        ]
        if news.certificates > 0 {
            let words = Figures.counted(news.certificates, "new certificate", "new certificates")
            parts.append(Span(isWide ? "  \(words)" : "  \(news.certificates) new cert", .mark))
        }
        if news.reasons > 0 {
            let words = Figures.counted(news.reasons, "new reason", "new reasons")
            parts.append(Span(isWide ? "  \(words)" : "  \(news.reasons) new why", .warning))
        }
        if isWide { parts.append(Span(state.view == .changes ? "   m: read" : "   6: what changed", .dim)) }
        return StyledLine(parts)
    }
}
