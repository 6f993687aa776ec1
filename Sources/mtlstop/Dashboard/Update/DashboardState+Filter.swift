import AuditStore
import SafeText
import Terminal

/// The filter and its prompt.
extension DashboardState {
    mutating func openPrompt() {
        prompt = FilterPrompt(editor: LineEditor(filter.text), before: filter.text)
    }

    /// A key that no binding takes goes into the line.
    mutating func type(_ key: Key) {
        guard var prompt else { return }
        let outcome = prompt.editor.handle(key)
        if outcome == .changed { prompt.historyIndex = nil }
        self.prompt = prompt
        if outcome == .changed { previewFilter() }
    }

    /// Pasted text goes into an open prompt; elsewhere it is dropped, so that a paste never works as keys.
    mutating func paste(_ text: Untrusted) {
        guard var prompt else {
            if export != nil { return pasteInExport(text) }
            say("pasted text is taken only by the filter line (/)")
            return
        }
        let outcome = prompt.editor.paste(text)
        self.prompt = prompt
        if outcome == .changed { previewFilter() }
    }

    mutating func promptAction(_ action: Action) -> [Effect] {
        switch prompt?.kind {
        case .command: return commandAction(action)
        case .find: return findPromptAction(action)
        case .sql: return sqlAction(action)
        case .note(let subject): return noteAction(action, subject)
        case .filter, nil: break
        }
        switch action {
        case .promptApply: applyPrompt()
        case .promptCancel: cancelPrompt()
        case .promptEarlier: walkHistory(by: -1)
        case .promptLater: walkHistory(by: 1)
        case .promptComplete: completeFilter()
        default: break
        }
        return []
    }

    /// Completes the word of the language at the end of the line, as far as it is clear.
    private mutating func completeFilter() {
        guard let prompt else { return }
        let text = prompt.editor.text
        let typed = String(text.reversed().prefix { $0.isLetter }.reversed())
        let words = FilterWord.allCases.map { $0.name + ":" }
        guard let ending = CommandText.completion(of: typed, among: words) else {
            say("words: \(SafeText(words.filter { $0.hasPrefix(typed) }.joined(separator: " ")))")
            return
        }
        self.prompt?.editor.text = text + ending
        previewFilter()
    }

    /// Hides the other rows while typing; a text that cannot be read keeps the rows and shows where it breaks.
    private mutating func previewFilter() {
        guard let prompt, prompt.kind == .filter else { return }
        do throws(FilterError) {
            try filter.apply(prompt.editor.text, now: now, remembers: false)
            self.prompt?.problem = nil
            rebindLists()
        } catch {
            self.prompt?.problem = FilterProblem(column: error.column, message: SafeText(error.message))
        }
    }

    private mutating func applyPrompt() {
        guard let prompt else { return }
        let text = prompt.editor.text
        do throws(FilterError) {
            try filter.apply(prompt.before, now: now, remembers: false)
            try filter.apply(text, now: now)
            self.prompt = nil
            rebindLists()
        } catch {
            self.prompt?.problem = FilterProblem(column: error.column, message: SafeText(error.message))
        }
    }

    private mutating func cancelPrompt() {
        guard let prompt else { return }
        self.prompt = nil
        setFilter(prompt.before, remembers: false)
    }

    private mutating func walkHistory(by step: Int) {
        guard var prompt, !filter.history.isEmpty else { return }
        let count = filter.history.count
        let index = (prompt.historyIndex ?? count) + step
        guard index >= 0, index <= count else { return }
        if prompt.historyIndex == nil { prompt.draft = prompt.editor.text }
        prompt.historyIndex = index == count ? nil : index
        prompt.editor.text = index == count ? prompt.draft : filter.history[index]
        self.prompt = prompt
        previewFilter()
    }

    /// Puts a filter in force; one that cannot be read is said and changes nothing.
    mutating func setFilter(_ text: String, remembers: Bool = true) {
        do throws(FilterError) {
            try filter.apply(text, now: now, remembers: remembers)
            rebindLists()
        } catch {
            say("filter, column \(error.column): \(error.message)", role: .warning)
        }
    }

    mutating func undoFilter() {
        if filter.undoLast(now: now) {
            rebindLists()
        } else {
            say("no filter change to undo")
        }
    }

    /// Other rows are coming: Live starts at its newest, paused rows run again, the who list at its first.
    private mutating func rebindLists() {
        follow()
        partyCursor.reset()
    }
}
