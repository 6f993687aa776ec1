import AuditStore
import SafeText
import Terminal

/// Completing what is typed in a prompt.
extension DashboardState {
    /// What the filter line can become; nil where nothing is typed that can be completed.
    var completion: FilterCompletion? {
        guard let prompt, prompt.kind == .filter, prompt.editor.isAtEnd else { return nil }
        let found = FilterCompletion(prompt.cycle?.typed ?? prompt.editor.text, rows: prompt.sample)
        // What is complete already needs no candidate.
        let isComplete = found.candidates.map(\.text) == [found.typed]
        return found.candidates.isEmpty || isComplete ? nil : found
    }

    /// Completes the filter: as far as it is clear, and then each press takes the next candidate.
    mutating func completeFilter(by step: Int = 1) {
        guard var prompt, let completion else { return }
        let candidates = completion.candidates.map(\.text)
        if prompt.cycle == nil, completion.common.count > completion.typed.count {
            prompt.editor.text = completion.stem + completion.common
        } else {
            let before = prompt.cycle?.index ?? (step > 0 ? -1 : candidates.count)
            let index = (before + step + candidates.count) % candidates.count
            let typed = prompt.cycle?.typed ?? prompt.editor.text
            prompt.editor.text = completion.stem + candidates[index]
            prompt.cycle = FilterPrompt.Cycle(typed: typed, index: index)
        }
        self.prompt = prompt
        previewFilter()
    }
}
