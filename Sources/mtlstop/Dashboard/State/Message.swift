import SafeText
import Terminal

/// Something that happened; the only way the state changes.
enum Message: Sendable {
    case key(Key)
    case paste(Untrusted)
    case mouse(MouseInput)
    case resize(Size)
    /// Time went on.
    case clock(ClockReading)
    case answer(Answer, id: Int, slot: Slot)
    case failed(SafeText, id: Int, slot: Slot)
    /// Another process committed, or the database was opened again.
    case dataChanged
    case health(Health)
    /// The notes were read, or one was written.
    case notes(NoteNews)
    /// How an export goes.
    case export(ExportNews, id: Int)
}
