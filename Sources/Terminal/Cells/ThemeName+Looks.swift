/// The table of roles and looks; nothing else knows a colour.
extension ThemeName {
    /// How the theme draws a role.
    package func look(of role: Role) -> RoleLook {
        switch self {
        case .standard: Self.standardLook(role)
        case .dark: Self.darkLook(role)
        case .light: Self.lightLook(role)
        case .highContrast: Self.highContrastLook(role)
        case .mono: Self.monoLook(role)
        }
    }

    /// Default colours with the eight basic ones: readable on dark and light backgrounds.
    private static func standardLook(_ role: Role) -> RoleLook {
        switch role {
        case .text: RoleLook()
        case .dim, .rule: RoleLook(nil, .dim)
        case .title: RoleLook(nil, .bold)
        case .key: RoleLook(cyan, .bold)
        case .selected: RoleLook(nil, .reverse)
        case .ok: RoleLook(green)
        case .rejected: RoleLook(red, .bold)
        case .warning: RoleLook(yellow)
        case .critical, .stale: RoleLook(red, [.bold, .reverse])
        case .mark: RoleLook(magenta, .bold)
        case .escaped: RoleLook(magenta, .underline)
        case .bar: RoleLook(cyan)
        case .input: RoleLook(nil, .underline)
        }
    }

    private static let red = ThemeColor(basic: 1)
    private static let green = ThemeColor(basic: 2)
    private static let yellow = ThemeColor(basic: 3)
    private static let magenta = ThemeColor(basic: 5)
    private static let cyan = ThemeColor(basic: 6)

    private static func darkLook(_ role: Role) -> RoleLook {
        let sky = ThemeColor(75, 6)
        let orange = ThemeColor(208, 3)
        let yellow = ThemeColor(228, 3)
        let violet = ThemeColor(176, 5)
        let black = ThemeColor(16, 0)
        return switch role {
        case .text: RoleLook()
        case .dim: RoleLook(ThemeColor(247, 7))
        case .rule: RoleLook(ThemeColor(242, 7), .dim)
        case .title: RoleLook(ThemeColor(231, 7), .bold)
        case .key: RoleLook(ThemeColor(81, 6), .bold)
        case .selected: RoleLook(nil, .reverse)
        case .ok, .bar: RoleLook(sky)
        case .rejected: RoleLook(orange, .bold)
        case .warning: RoleLook(yellow)
        case .critical: RoleLook(black, on: orange, .bold)
        case .stale: RoleLook(black, on: yellow, .bold)
        case .mark: RoleLook(violet, .bold)
        case .escaped: RoleLook(violet, .underline)
        case .input: RoleLook(ThemeColor(231, 7), .underline)
        }
    }

    private static func lightLook(_ role: Role) -> RoleLook {
        let blue = ThemeColor(25, 4)
        let orange = ThemeColor(130, 1)
        let brown = ThemeColor(94, 1)
        let violet = ThemeColor(90, 5)
        let white = ThemeColor(231, 7)
        let black = ThemeColor(16, 0)
        return switch role {
        case .text: RoleLook()
        case .dim: RoleLook(ThemeColor(240, 0))
        case .rule: RoleLook(ThemeColor(245, 0), .dim)
        case .title: RoleLook(black, .bold)
        case .key: RoleLook(blue, .bold)
        case .selected: RoleLook(nil, .reverse)
        case .ok, .bar: RoleLook(blue)
        case .rejected: RoleLook(orange, .bold)
        case .warning: RoleLook(brown, .underline)
        case .critical: RoleLook(white, on: orange, .bold)
        case .stale: RoleLook(white, on: brown, .bold)
        case .mark: RoleLook(violet, .bold)
        case .escaped: RoleLook(violet, .underline)
        case .input: RoleLook(black, .underline)
        }
    }

    private static func highContrastLook(_ role: Role) -> RoleLook {
        let black = ThemeColor(16, 0)
        let white = ThemeColor(231, 7)
        let yellow = ThemeColor(226, 3)
        let cyan = ThemeColor(51, 6)
        let orange = ThemeColor(214, 3)
        let violet = ThemeColor(219, 5)
        return switch role {
        case .text, .dim, .rule: RoleLook(white, on: black)
        case .title: RoleLook(yellow, on: black, .bold)
        case .key: RoleLook(cyan, on: black, .bold)
        case .selected: RoleLook(white, on: black, .reverse)
        case .ok, .bar: RoleLook(cyan, on: black)
        case .rejected: RoleLook(orange, on: black, .bold)
        case .warning: RoleLook(yellow, on: black)
        case .critical: RoleLook(black, on: orange, .bold)
        case .stale: RoleLook(black, on: yellow, .bold)
        case .mark: RoleLook(violet, on: black, .bold)
        case .escaped: RoleLook(violet, on: black, .underline)
        case .input: RoleLook(white, on: black, .underline)
        }
    }

    /// Bold, reverse and underline only.
    private static func monoLook(_ role: Role) -> RoleLook {
        switch role {
        case .text, .dim, .rule, .ok, .bar: RoleLook()
        case .title, .key, .rejected, .mark: RoleLook(nil, .bold)
        case .selected, .stale: RoleLook(nil, .reverse)
        case .warning, .escaped, .input: RoleLook(nil, .underline)
        case .critical: RoleLook(nil, [.bold, .reverse])
        }
    }
}
