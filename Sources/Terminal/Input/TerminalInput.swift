package import SafeText

/// A signal the dashboard answers to.
package enum TerminalSignal: Hashable, Sendable {
    /// SIGTERM.
    case terminate
    /// SIGHUP.
    case hangUp
    /// SIGINT.
    case interrupt
    /// SIGTSTP: the program should suspend itself.
    case suspend
    /// SIGCONT: the program goes on; the screen is painted anew.
    case resume
}

/// What a terminal driver reports.
package enum TerminalInput: Hashable, Sendable {
    /// A key.
    case key(Key)
    /// The mouse, while it is switched on.
    case mouse(MouseInput)
    /// Text that was pasted as one piece.
    case paste(Untrusted)
    /// The terminal has another size now.
    case resize(Size)
    /// A signal arrived.
    case signal(TerminalSignal)
    /// A ``TerminalWaker`` was used: something waits elsewhere.
    case wake
    /// The terminal is gone.
    case endOfInput
}
