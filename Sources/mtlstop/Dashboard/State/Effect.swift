import SafeText

/// Something the program has to do; `update` only names it.
enum Effect: Hashable, Sendable {
    case ask(Question, id: Int)
    /// Paint every cell again, whatever the terminal shows.
    case redraw
    case suspend
    /// Send lines to the terminal's clipboard.
    case copy([SafeText])
    /// Write an export on a thread of its own.
    case export(ExportPlan, replacing: Bool, id: Int)
    /// Stop the export that is being written.
    case stopExport
    case quit(Int32)
}
