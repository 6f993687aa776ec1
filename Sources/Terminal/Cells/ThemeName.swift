/// The themes: which colours a terminal shows the roles in.
package enum ThemeName: String, CaseIterable, Hashable, Sendable {
    /// The terminal's own colours: readable wherever its text is.
    case standard = "default"
    /// 256 colours for dark backgrounds, blue and orange where others have green and red.
    case dark
    /// The same for light backgrounds.
    case light
    /// Light on black, every text with a contrast of 7 to 1 or more.
    case highContrast = "high-contrast"
    /// No colours: bold, reverse and underline.
    case mono
}

/// A colour of the 256, and the one of the first eight that stands for it on smaller terminals.
package struct ThemeColor: Hashable, Sendable {
    /// 0 to 255.
    package let index: UInt8
    /// 0 to 7.
    package let basic: UInt8

    init(_ index: UInt8, _ basic: UInt8) {
        self.index = index
        self.basic = basic
    }

    /// One of the eight colours that every coloured terminal has.
    init(basic: UInt8) {
        self.init(basic, basic)
    }
}

/// How a role is drawn: colours, where nil is the terminal's own, and emphasis.
package struct RoleLook: Hashable, Sendable {
    /// What a terminal can do without colours.
    package struct Emphasis: OptionSet, Hashable, Sendable {
        package let rawValue: UInt8

        package init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        package static let bold = Emphasis(rawValue: 1)
        package static let dim = Emphasis(rawValue: 2)
        package static let reverse = Emphasis(rawValue: 4)
        package static let underline = Emphasis(rawValue: 8)
    }

    package var foreground: ThemeColor?
    package var background: ThemeColor?
    package var emphasis: Emphasis

    init(_ foreground: ThemeColor? = nil, _ emphasis: Emphasis = []) {
        self.init(foreground, on: nil, emphasis)
    }

    init(_ foreground: ThemeColor?, on background: ThemeColor?, _ emphasis: Emphasis = []) {
        self.foreground = foreground
        self.background = background
        self.emphasis = emphasis
    }
}
