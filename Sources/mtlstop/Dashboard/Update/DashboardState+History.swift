import Terminal

/// Earlier lines of a prompt.
extension DashboardState {
    /// Goes to the earlier or later line that begins with what was typed, or holds it anywhere, and back to what was
    /// typed.
    mutating func walk(_ history: [String], by step: Int, anywhere: Bool = false) {
        guard var prompt else { return }
        if prompt.historyIndex == nil { prompt.draft = prompt.editor.text }
        // A line that was there when the prompt opened is no beginning that somebody typed.
        let start = prompt.draft == prompt.before ? "" : prompt.draft
        var index = (prompt.historyIndex ?? history.count) + step
        func fits(_ line: String) -> Bool { anywhere ? line.contains(start) : line.hasPrefix(start) }
        while history.indices.contains(index), !fits(history[index]) { index += step }
        guard index >= 0, index <= history.count else { return }
        prompt.cycle = nil
        prompt.historyIndex = index == history.count ? nil : index
        prompt.editor.text = index == history.count ? prompt.draft : history[index]
        self.prompt = prompt
    }
}
