import CNCurses

/// Turns roles into curses attributes and colour pairs.
struct Theme {
    /// How a cell is drawn.
    struct Look: Equatable {
        var attributes: attr_t
        var pair: Int16
    }

    private let looks: [Look]

    /// Starts the colours of the open terminal and returns how many there are, 0 without or with too few.
    ///
    /// Call once after it was opened.
    static func startColors() -> Int {
        guard has_colors(), start_color() == OK, use_default_colors() == OK, CNCurses_colors() >= 8 else { return 0 }
        return Int(CNCurses_colors())
    }

    /// Makes a theme for a terminal with so many colours; without colours every theme is the mono one.
    ///
    /// Colour pairs are made in the order of their first use, from 1.
    init(_ name: ThemeName, colors: Int) {
        let name = colors > 0 ? name : .mono
        var pairs: [Pair: Int16] = [:]
        looks = Role.allCases.flatMap { role -> [Look] in
            let look = name.look(of: role)
            let pair = Theme.pair(of: look, colors: colors, &pairs)
            let attributes = Theme.attributes(look.emphasis)
            return [
                Look(attributes: attributes, pair: pair), Look(attributes: attributes ^ CNCurses_reverse, pair: pair),
            ]
        }
    }

    /// The look of a role, selected or not.
    func look(of role: Role, isSelected: Bool) -> Look {
        looks[Int(role.rawValue) * 2 + (isSelected ? 1 : 0)]
    }

    private struct Pair: Hashable {
        var foreground: Int16
        var background: Int16
    }

    /// The number of a pair of colours, made where it is new and the terminal has room for it; 0 is its own colours.
    private static func pair(of look: RoleLook, colors: Int, _ pairs: inout [Pair: Int16]) -> Int16 {
        func number(_ color: ThemeColor?) -> Int16 {
            guard let color else { return -1 }
            return Int16(colors >= 256 ? color.index : color.basic)
        }
        let pair = Pair(foreground: number(look.foreground), background: number(look.background))
        if colors == 0 || pair == Pair(foreground: -1, background: -1) { return 0 }
        if let known = pairs[pair] { return known }
        let next = Int16(pairs.count + 1)
        guard next < CNCurses_color_pairs(), init_pair(next, pair.foreground, pair.background) == OK else { return 0 }
        pairs[pair] = next
        return next
    }

    private static func attributes(_ emphasis: RoleLook.Emphasis) -> attr_t {
        var result: attr_t = 0
        if emphasis.contains(.bold) { result |= CNCurses_bold }
        if emphasis.contains(.dim) { result |= CNCurses_dim }
        if emphasis.contains(.reverse) { result |= CNCurses_reverse }
        if emphasis.contains(.underline) { result |= CNCurses_underline }
        return result
    }
}
