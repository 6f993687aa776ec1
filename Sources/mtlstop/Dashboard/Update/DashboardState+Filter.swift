import AuditStore
import SafeText
import Terminal

/// The filter and its prompt.
extension DashboardState {
    mutating func openPrompt() {
        prompt = FilterPrompt(editor: LineEditor(filter.text), before: filter.text)
        let rows = liveWindow?.rows ?? []
        prompt?.sample = rows
    }

    /// A key that no binding takes goes into the line.
    mutating func type(_ key: Key) {
        guard var prompt else { return }
        let outcome = prompt.editor.handle(key)
        if outcome == .changed {
            prompt.historyIndex = nil
            prompt.cycle = nil
        }
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
        case .promptEarlier, .promptLater:
            walk(filter.history, by: action == .promptEarlier ? -1 : 1)
            previewFilter()
        case .promptSearch:
            walk(filter.history, by: -1, anywhere: true)
            previewFilter()
        case .promptComplete: completeFilter()
        case .promptCompleteBack: completeFilter(by: -1)
        default: break
        }
        return []
    }

    /// Hides the other rows while typing; a text that cannot be read keeps the rows and shows where it breaks.
    mutating func previewFilter() {
        guard let prompt, prompt.kind == .filter else { return }
        // A word whose value is still to come would hide everything.
        if let last = prompt.editor.text.last, ":=~<>".contains(last) {
            self.prompt?.problem = nil
            return
        }
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

    /// Puts a filter in force; one that cannot be read is said and changes nothing.
    mutating func setFilter(_ text: String, remembers: Bool = true) {
        do throws(FilterError) {
            try filter.apply(text, now: now, remembers: remembers)
            rebindLists()
        } catch {
            say("filter, column \(error.column): \(error.message)", role: .warning)
        }
    }

    /// Switches the filter off and on.
    mutating func toggleFilter() {
        let changed = (try? filter.toggle(now: now)) ?? false
        guard changed else { return say("there is no filter to switch: / writes one") }
        rebindLists()
        say(filter.isActive ? "the filter is on again" : "the filter is off: F switches it on again")
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
