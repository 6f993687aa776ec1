import CNCurses

/// Turns roles into curses attributes and colour pairs.
struct Theme {
    /// How a cell is drawn.
    struct Look: Equatable {
        var attributes: attr_t
        var pair: Int16
    }

    private let looks: [Look]
    /// Colours in use, 0 in the mono theme.
    let colors: Int

    /// Makes the theme for the open terminal; call once after it was opened.
    init(wantsColors: Bool) {
        let hasColors = wantsColors && has_colors() && start_color() == OK && use_default_colors() == OK
        colors = hasColors && CNCurses_colors() >= 8 ? Int(CNCurses_colors()) : 0
        if colors > 0 {
            // Foreground n + 1 on the terminal's own background.
            for color in 0..<8 as Range<Int16> { init_pair(color + 1, color, -1) }
        }
        let table = colors > 0 ? Theme.colored : Theme.mono
        looks = Role.allCases.flatMap { role -> [Look] in
            let look = table(role)
            return [look, Look(attributes: look.attributes ^ CNCurses_reverse, pair: look.pair)]
        }
    }

    /// The look of a role, selected or not.
    func look(of role: Role, isSelected: Bool) -> Look {
        looks[Int(role.rawValue) * 2 + (isSelected ? 1 : 0)]
    }

    /// Default colours with the eight basic ones: readable on dark and light backgrounds.
    private static func colored(_ role: Role) -> Look {
        switch role {
        case .text: Look(attributes: 0, pair: 0)
        case .dim, .rule: Look(attributes: CNCurses_dim, pair: 0)
        case .title: Look(attributes: CNCurses_bold, pair: 0)
        case .key: Look(attributes: CNCurses_bold, pair: pair(COLOR_CYAN))
        case .selected: Look(attributes: CNCurses_reverse, pair: 0)
        case .ok: Look(attributes: 0, pair: pair(COLOR_GREEN))
        case .rejected: Look(attributes: CNCurses_bold, pair: pair(COLOR_RED))
        case .warning: Look(attributes: 0, pair: pair(COLOR_YELLOW))
        case .critical, .stale: Look(attributes: CNCurses_bold | CNCurses_reverse, pair: pair(COLOR_RED))
        case .mark: Look(attributes: CNCurses_bold, pair: pair(COLOR_MAGENTA))
        case .escaped: Look(attributes: CNCurses_underline, pair: pair(COLOR_MAGENTA))
        case .bar: Look(attributes: 0, pair: pair(COLOR_CYAN))
        case .input: Look(attributes: CNCurses_underline, pair: 0)
        }
    }

    /// Bold, reverse and underline only.
    private static func mono(_ role: Role) -> Look {
        let attributes: attr_t
        switch role {
        case .text, .dim, .rule, .ok, .bar: attributes = 0
        case .title, .key, .rejected, .mark: attributes = CNCurses_bold
        case .selected, .stale: attributes = CNCurses_reverse
        case .warning, .escaped, .input: attributes = CNCurses_underline
        case .critical: attributes = CNCurses_bold | CNCurses_reverse
        }
        return Look(attributes: attributes, pair: 0)
    }

    private static func pair(_ color: Int32) -> Int16 { Int16(color) + 1 }
}
