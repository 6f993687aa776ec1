import AuditStore
import SafeText
import Terminal

/// Finding without hiding.
extension DashboardState {
    mutating func openFindPrompt() {
        prompt = FilterPrompt(kind: .find, editor: LineEditor(), before: "")
    }

    mutating func findPromptAction(_ action: Action) -> [Effect] {
        guard action == .promptApply || action == .promptCancel else { return [] }
        let text = prompt?.editor.text ?? ""
        prompt = nil
        guard action == .promptApply else { return [] }
        find = FindState(text: text)
        if find.isActive, !isMatchHere { findNext(isDown: true) }
        return []
    }

    /// Goes to the next row or line that holds the text.
    mutating func findNext(isDown: Bool) {
        guard find.isActive else {
            say("\\ looks for a text first")
            return
        }
        if !isList {
            findInDocument(isDown)
        } else if view == .live, places.isEmpty {
            findInStream(isDown)
        } else {
            findInList(isDown)
        }
    }

    private var isMatchHere: Bool {
        guard isList else { return false }
        if view == .live, places.isEmpty {
            guard let event = selectedEvent else { return false }
            return find.matches(eventColumns.columns.text(of: event))
        }
        let texts = listTexts
        return texts.indices.contains(listIndex) && find.matches(texts[listIndex])
    }

    // MARK: Documents and lists

    private mutating func findInDocument(_ isDown: Bool) {
        let hits = document.lines.indices.filter { find.matches(document.lines[$0].text.text.string) }
        guard
            let target = isDown
                ? hits.first(where: { $0 > scroll }) ?? hits.first
                : hits.last(where: { $0 < scroll }) ?? hits.last
        else { return sayNotFound() }
        scroll = min(target, maximumScroll)
    }

    private mutating func findInList(_ isDown: Bool) {
        let texts = listTexts
        let hits = texts.indices.filter { find.matches(texts[$0]) }
        let here = listIndex
        guard
            let target = isDown
                ? hits.first(where: { $0 > here }) ?? hits.first
                : hits.last(where: { $0 < here }) ?? hits.last
        else { return sayNotFound() }
        if isDown ? target <= here : target >= here { say("found from the other end") }
        selectInList(target)
    }

    private mutating func sayNotFound() {
        say("not found here: \(SafeText(find.text).cut(to: 30))", role: .warning)
    }

    // MARK: The stream

    private mutating func findInStream(_ isDown: Bool) {
        guard let selected = live.cursor.selected else { return }
        find.serial += 1
        let start = find.resume.flatMap { $0.isDown == isDown ? $0.from : nil } ?? selected
        find.search = FindQuestion(text: find.text, from: start, isDown: isDown, serial: find.serial)
        find.resume = nil
    }

    mutating func accept(_ found: FoundEvent) {
        guard let search = find.search else { return }
        find.search = nil
        if let id = found.id {
            live.isFollowing = false
            live.goesToOldest = false
            live.anchor = .around(id)
            live.cursor.go(to: id)
        } else if let resume = found.resume {
            find.resume = FindQuestion(text: search.text, from: resume, isDown: search.isDown, serial: search.serial)
            say("not up to event \(resume): \(search.isDown ? "n" : "N") goes on", role: .warning)
        } else {
            say(search.isDown ? "no older event holds it" : "no newer event holds it", role: .warning)
        }
    }
}
