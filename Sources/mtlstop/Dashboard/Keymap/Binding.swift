import SafeText
import Terminal

/// One row of the key table.
struct Binding: Sendable {
    var context: Context
    var keys: [Key]
    var action: Action
    var group: HelpGroup
    /// What the action does, for the help.
    var help: SafeText
    /// The word in the bottom line; nil keeps it out.
    var hint: SafeText?

    init(
        _ context: Context,
        _ keys: [Key],
        _ action: Action,
        _ group: HelpGroup,
        _ help: SafeText,
        hint: SafeText? = nil
    ) {
        self.context = context
        self.keys = keys
        self.action = action
        self.group = group
        self.help = help
        self.hint = hint
    }
}

/// Where a binding holds.
enum Context: String, CaseIterable, Hashable, Sendable {
    /// Everywhere, also while typing.
    case always
    /// On every screen while nothing lies over it.
    case screen
    /// On every screen while the collector has gone.
    case collectorDown
    /// While nothing has been recorded.
    case firstRun
    case list
    case document
    case live
    case rejections
    case parties
    case partyEvents
    case certs
    case expiring
    case sources
    case changes
    case event
    case certificate
    case why
    case prompt
    case menu
    /// The export dialog, whatever field has the keys.
    case dialog
    /// Its fields that are chosen, not typed.
    case dialogChoice
    /// The question whether a file may be replaced.
    case replacing
    case help

    /// Where it is, in people's words.
    var title: SafeText {
        switch self {
        case .always: "everywhere"
        case .screen: "every screen"
        case .list: "lists"
        case .document: "event, certificate, why"
        case .parties: "who was rejected"
        case .partyEvents: "their events"
        case .firstRun: "first page"
        case .collectorDown: "while the collector is down"
        case .prompt: "filter line"
        case .dialog: "export dialog"
        case .dialogChoice: "choices of the export dialog"
        case .replacing: "the question whether to replace"
        default: SafeText(rawValue)
        }
    }
}

/// The headings of the help, in their order.
enum HelpGroup: String, CaseIterable, Hashable, Sendable {
    case open
    case move
    case narrow
    case watch
    case share
    case program
    case typing

    var title: SafeText {
        switch self {
        case .open: "open and go back"
        case .move: "move"
        case .narrow: "narrow down"
        case .watch: "watch and order"
        case .share: "keep and share"
        case .program: "program"
        case .typing: "while typing a filter"
        }
    }
}
