import Terminal

/// What a person chooses about the program, with F2 or `:set`.
struct DashboardOptions: Hashable, Sendable {
    var theme = ThemeName.standard
    var usesMouse = false
    /// True draws with ASCII although the terminal could do more.
    var isASCII = false
    /// True rings the bell when a rejection arrives in a Live list that follows.
    var ringsBell = false
    /// True puts the preview of Live to the right of the list where there are 110 columns.
    var previewsBeside = false
    /// True leaves out the numbers line and the preview, for more rows.
    var isDense = false

    /// What the terminal has to know.
    var settings: TerminalSettings { TerminalSettings(theme: theme, usesMouse: usesMouse) }
}

/// The options by their names.
enum OptionName: String, CaseIterable, Hashable, Sendable {
    case theme
    case mouse
    case ascii
    case times
    case bell
    case density
    case preview

    /// Every value, in the order that F2 goes through.
    var values: [String] {
        switch self {
        case .theme: ThemeName.allCases.map(\.rawValue)
        case .mouse, .ascii, .bell: ["off", "on"]
        case .times: ["utc", "local", "relative"]
        case .density: ["normal", "dense"]
        case .preview: ["below", "beside"]
        }
    }
}
