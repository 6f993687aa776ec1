import AuditStore
import SafeText
import Terminal

extension Document {
    /// The notes about what is on the screen.
    mutating func addNotes(_ state: DashboardState, width: Int) {
        for note in state.notesHere {
            field("& note", "\(note.text) (on the \(note.subject.title))", width: width, role: .mark)
        }
    }
}
