import SafeText

/// Something the program has to do; `update` only names it.
enum Effect: Hashable, Sendable {
    case ask(Question, id: Int)
    /// Paint every cell again, whatever the terminal shows.
    case redraw
    case suspend
    /// Send lines to the terminal's clipboard.
    case copy([SafeText])
    case quit(Int32)
}
