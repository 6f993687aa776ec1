import AuditStore
import SafeText
import Terminal

/// Something the program has to do; `update` only names it.
enum Effect: Hashable, Sendable {
    case ask(Question, id: Int)
    /// Stop reading for a slot; nobody waits for its answer any more.
    case cancel(Slot)
    /// Paint every cell again, whatever the terminal shows.
    case redraw
    case suspend
    /// Use a theme and the mouse, or not.
    case settings(TerminalSettings)
    /// Send an event of our own to the collector.
    case sendTest
    /// Look for a collector at once.
    case retry
    /// Ring the bell.
    case ring
    /// Send lines to the terminal's clipboard.
    case copy([SafeText])
    /// Write an export on a thread of its own.
    case export(ExportPlan, replacing: Bool, id: Int)
    /// Write a small file, which must not be there yet.
    case writeFile([UInt8], file: String, id: Int)
    /// Stop the export that is being written.
    case stopExport
    /// Keep a note; an empty text takes it away.
    case writeNote(String, on: NoteSubject)
    case quit(Int32)
}
