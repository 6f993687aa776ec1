import AuditStore
import SafeText
import Terminal

/// The open line at the bottom: what is typed, what it means so far, and what to go back to.
struct FilterPrompt: Sendable {
    /// What the line is for.
    enum Kind: Hashable, Sendable {
        /// A filter, in force while it is typed.
        case filter
        /// A command, carried out at the end.
        case command
        /// A text to find without hiding the rest.
        case find
        /// A SELECT.
        case sql
        /// A note about something.
        case note(NoteSubject)
    }

    var kind = Kind.filter
    var editor: LineEditor
    /// The filter before the prompt opened; Esc restores it.
    var before: String
    /// The column (from 1) and reason when the text cannot be read.
    var problem: FilterProblem?
    /// Place in the history while Up and Down walk through it; nil at the line being typed.
    var historyIndex: Int?
    /// The line being typed when the walk began.
    var draft = ""
    /// Where Tab has come in the candidates; nil until it goes through them.
    var cycle: Cycle?
    /// The rows that were on the screen when the line opened: their values are offered.
    var sample: [EventRow] = []

    /// How far Tab has gone through the candidates.
    struct Cycle: Hashable, Sendable {
        /// The line that was completed.
        var typed: String
        /// The candidate that is in the line now.
        var index: Int
    }
}

/// Why a filter cannot be read, as the error column shows it.
struct FilterProblem: Hashable, Sendable {
    /// From 1.
    var column: Int
    var message: SafeText
}
