import AuditStore
import CertCore
import SafeText

/// The filter that all views share, with its undo steps and the texts typed so far.
struct FilterState: Sendable {
    /// The filter in force; empty means everything.
    private(set) var text = ""
    private(set) var filter: AuditFilter?
    /// Earlier filters, the last change last.
    private(set) var undo: [String] = []
    /// Texts that were applied, newest last, without repeats.
    private(set) var history: [String] = []

    /// The filter that was switched off and can be switched on again; empty for none.
    private(set) var parked = ""

    private static let historyLimit = 100

    /// What the language calls by a name: marked rows, rows with a note.
    private(set) var selections = FilterSelections(
        states: ["marked": .any([]), "noted": .any([])],
        belongings: ["note": .any([])]
    )

    var isActive: Bool { filter != nil }

    /// Changes what the names stand for; the filter in force follows.
    mutating func select(_ selections: FilterSelections, now: Timestamp) {
        self.selections = selections
        filter = (try? parse(text, now: now)) ?? filter
    }

    private func parse(_ text: String, now: Timestamp) throws(FilterError) -> AuditFilter? {
        let trimmed = Self.trimmed(text)
        return trimmed.isEmpty ? nil : try AuditFilter(parsing: trimmed, now: now, selections: selections)
    }

    /// Applies a text; throws with the column when it cannot be read and changes nothing then.
    mutating func apply(_ newText: String, now: Timestamp, remembers: Bool = true) throws(FilterError) {
        let trimmed = Self.trimmed(newText)
        let parsed = try parse(trimmed, now: now)
        if remembers, trimmed != text {
            undo.append(text)
            if undo.count > Self.historyLimit { undo.removeFirst() }
        }
        if remembers, !trimmed.isEmpty {
            history.removeAll { $0 == trimmed }
            history.append(trimmed)
            if history.count > Self.historyLimit { history.removeFirst() }
        }
        text = trimmed
        filter = parsed
        if remembers, !trimmed.isEmpty { parked = "" }
    }

    /// Switches the filter off, or the one that was switched off on again; false when there is neither.
    mutating func toggle(now: Timestamp) throws(FilterError) -> Bool {
        if isActive {
            let off = text
            try apply("", now: now)
            parked = off
            return true
        }
        guard !parked.isEmpty else { return false }
        try apply(parked, now: now)
        return true
    }

    /// Goes back one change; false when there is none.
    mutating func undoLast(now: Timestamp) -> Bool {
        guard let last = undo.popLast() else { return false }
        do throws(FilterError) {
            filter = try parse(last, now: now)
        } catch {
            return false
        }
        text = last
        return true
    }

    /// Reads a filter; an empty text is no filter.
    static func parse(_ text: String, now: Timestamp) throws(FilterError) -> AuditFilter? {
        let trimmed = trimmed(text)
        return trimmed.isEmpty ? nil : try AuditFilter(parsing: trimmed, now: now)
    }

    private static func trimmed(_ text: String) -> String {
        let start = text.drop { $0 == " " }
        return String(String(start.reversed()).drop { $0 == " " }.reversed())
    }
}
