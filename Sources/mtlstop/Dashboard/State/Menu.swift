import AuditStore
import SafeText

/// An open list of choices.
struct Menu: Hashable, Sendable {
    /// What is chosen.
    enum Kind: Hashable, Sendable {
        /// The time a view shows.
        case range
        /// A value of the selected row that the filter keeps.
        case keep
        /// A value of the selected row that the filter drops.
        case drop
        /// Events that share a value with the selected row.
        case related
        /// What is copied of the selected row.
        case copy
        /// What a note is written about.
        case note
        /// The options and their values.
        case options
        /// What the list is ordered by.
        case sort
        /// The columns of the list.
        case columns
        /// By what Rejections groups.
        case group
    }

    var kind: Kind
    var index = 0
    /// What a menu about a row offers: that row's, though the list goes on below; nil where the choices can change.
    var choices: [MenuChoice]?
}

/// A line of a menu, and what choosing it does.
struct MenuChoice: Hashable, Sendable {
    /// What choosing does.
    enum Deed: Hashable, Sendable {
        /// Takes the range of this number.
        case range(Int)
        /// Opens the command line with this text.
        case command(String)
        /// Gives an option its next value; the menu stays.
        case turn(OptionName)
        /// Orders the list by a key.
        case sort(SortKey)
        /// Groups the rejections by something else.
        case group(RejectionGrouping)
        /// Shows or hides a column; the menu stays.
        case column(String)
        /// Compares a period of this length in Changes.
        case period(Int64)
        /// Adds a condition to the filter.
        case narrow(String)
        /// Shows the events of a condition alone, in Live.
        case show(String)
        /// Sends lines to the clipboard.
        case copy([SafeText])
        /// Opens the line for a note.
        case note(NoteSubject)
    }

    var label: SafeText
    var value: SafeText = ""
    var deed: Deed
}
