import SafeText
import Terminal

/// What the filter line can become, above it: candidates with how many of the newest rows have them.
enum CompletionPane {
    /// The most candidates shown at a time.
    private static let most = 6

    static func draw(_ state: DashboardState, into screen: inout Screen) {
        guard state.layout.kind == .full, let completion = state.completion, let prompt = state.prompt else { return }
        let candidates = completion.candidates
        let rows = min(most, candidates.count)
        let top = state.layout.positionRow - rows - 1
        guard top > state.layout.bodyTop + 3 else { return }
        screen.fill(Rect(x: 0, y: top, width: screen.size.columns, height: rows + 1))
        screen.rule(y: top, title: title(completion, prompt))
        let index = prompt.cycle?.index
        let first = max(0, min((index ?? 0) - rows + 1, candidates.count - rows))
        for (line, candidate) in candidates.dropFirst(first).prefix(rows).enumerated() {
            let y = top + 1 + line
            let isTaken = index == first + line
            let text = screen.glyphs.cut(SafeText(candidate.text), to: screen.size.columns - 14)
            screen.put(text, x: 3, y: y, width: screen.size.columns - 14, role: text.wasEscaped ? .escaped : .text)
            if let count = candidate.count {
                let figure = Figures.grouped(Int64(count))
                screen.put(figure, x: screen.size.columns - 2 - figure.width, y: y, width: figure.width, role: .dim)
            }
            if isTaken { screen.put(">", x: 1, y: y, width: 1, role: .selected) }
        }
    }

    private static func title(_ completion: FilterCompletion, _ prompt: FilterPrompt) -> SafeText {
        let hasCounts = completion.candidates.contains { $0.count != nil }
        guard hasCounts, !prompt.sample.isEmpty else { return "Tab completes" }
        return "Tab completes; counts in \(Figures.counted(prompt.sample.count, "row", "rows"))"
    }
}
