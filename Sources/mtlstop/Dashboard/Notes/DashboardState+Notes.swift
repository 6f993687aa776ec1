import AuditStore
import CertCore
import SafeText
import Terminal

/// Writing notes.
extension DashboardState {
    /// Opens the line in which a note is written, with the one that is there.
    mutating func openNotePrompt(_ subject: NoteSubject) {
        prompt = FilterPrompt(kind: .note(subject), editor: LineEditor(notes[subject]?.text ?? ""), before: "")
    }

    mutating func noteAction(_ action: Action, _ subject: NoteSubject) -> [Effect] {
        guard action == .promptApply || action == .promptCancel else { return [] }
        let text = prompt?.editor.text ?? ""
        prompt = nil
        guard action == .promptApply, text != notes[subject]?.text ?? "" else { return [] }
        return [.writeNote(text, on: subject)]
    }

    /// Takes the notes in: at the start, and after one was written.
    mutating func accept(_ news: NoteNews) {
        switch news {
        case .read(let found):
            notes = Notes(found)
            refreshSelections()
        case .written(let found):
            notes = Notes(found)
            refreshSelections()
            say("the note is kept", role: .ok)
        case .failed(let why): say("notes: \(why)", role: .warning)
        }
    }

    /// Tells the filter what is marked and what has a note; a filter that asks for it is in force anew.
    mutating func refreshSelections() {
        let marked = Self.filter(marks.rows.compactMap(\.condition), now)
        let noted = Self.filter(notes.conditions(database: databasePath), now)
        filter.select(
            FilterSelections(states: ["marked": marked, "noted": noted], belongings: ["note": noted]),
            now: now
        )
    }

    private static func filter(_ conditions: [String], _ now: Timestamp) -> AuditFilter {
        .any(conditions.compactMap { try? AuditFilter(parsing: $0, now: now) })
    }
}
