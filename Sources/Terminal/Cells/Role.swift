/// What a cell means; a theme turns it into colours and attributes.
///
/// Colour only repeats what the text says, so a screen loses nothing in the mono theme.
package enum Role: UInt8, CaseIterable, Sendable {
    /// Ordinary text.
    case text
    /// Less important text.
    case dim
    /// Headings.
    case title
    /// Names of keys.
    case key
    /// A choice that is active.
    case selected
    /// A success.
    case ok
    /// A rejection.
    case rejected
    /// Something to look at soon.
    case warning
    /// Something to look at now.
    case critical
    /// A mark the user or the program set.
    case mark
    /// Text that had to be escaped.
    case escaped
    /// Bars and sparklines.
    case bar
    /// Lines between parts.
    case rule
    /// Text being typed.
    case input
    /// Data that is too old.
    case stale

    /// One letter for golden files.
    package var letter: Character {
        switch self {
        case .text: "."
        case .dim: "d"
        case .title: "t"
        case .key: "k"
        case .selected: "s"
        case .ok: "o"
        case .rejected: "r"
        case .warning: "w"
        case .critical: "c"
        case .mark: "m"
        case .escaped: "e"
        case .bar: "b"
        case .rule: "-"
        case .input: "i"
        case .stale: "z"
        }
    }
}
