/// Why a terminal could not be opened.
package struct TerminalError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of trouble; more may come.
    package struct Code: Hashable, Sendable {
        private let name: String

        private init(_ name: String) {
            self.name = name
        }

        /// There is no terminal to read from or to paint on.
        package static let notATerminal = Code("notATerminal")
        /// `TERM` is not set, or names a terminal that the system does not know.
        package static let unknownTerminal = Code("unknownTerminal")
        /// The terminal cannot place its cursor.
        package static let noCursorMovement = Code("noCursorMovement")
        /// The program has a terminal open already.
        package static let busy = Code("busy")
        /// A system call failed.
        package static let system = Code("system")
    }

    /// What kind of trouble it is.
    package let code: Code
    /// What went wrong, for people.
    package let message: String
    /// What to do about it.
    package let remedy: String

    /// What went wrong and what to do.
    package var description: String { "\(message) (\(remedy))" }
}
