package import SafeText

/// What a terminal can show.
package struct TerminalCapabilities: Hashable, Sendable {
    /// True when the locale's characters are UTF-8.
    package let isUTF8: Bool
    /// Colours in use, 0 in the mono theme.
    package let colors: Int
    /// The terminal's name, as `TERM` has it.
    package let name: String

    /// Makes a description of a terminal.
    package init(isUTF8: Bool, colors: Int, name: String) {
        self.isUTF8 = isUTF8
        self.colors = colors
        self.name = name
    }

    /// The characters to draw with.
    package var glyphs: GlyphSet { isUTF8 ? .unicode : .ascii }
}

/// What a person chooses about the terminal.
package struct TerminalSettings: Hashable, Sendable {
    /// The colours.
    package var theme: ThemeName
    /// True while the mouse is reported.
    package var usesMouse: Bool

    /// Makes settings; without arguments the terminal's own colours and no mouse.
    package init(theme: ThemeName = .standard, usesMouse: Bool = false) {
        self.theme = theme
        self.usesMouse = usesMouse
    }
}

/// A terminal that is painted on and read from.
///
/// One thread owns it.
package protocol TerminalDriver: AnyObject {
    /// The size in cells.
    var size: Size { get }

    /// What the terminal can show.
    var capabilities: TerminalCapabilities { get }

    /// Waits for input, at most `timeoutMilliseconds` (nil: without end), and returns all there is; nothing on timeout.
    func next(timeoutMilliseconds: Int?) -> [TerminalInput]

    /// Brings the terminal to show this screen.
    func paint(_ screen: Screen)

    /// Makes the next ``paint(_:)`` send every cell, whatever the terminal shows by now.
    func redraw()

    /// Gives the terminal back, stops the process, and takes the terminal again when it goes on.
    func suspend()

    /// Sends lines to the terminal's clipboard; false when they are too long to be sent.
    func copy(_ lines: [SafeText]) -> Bool

    /// Uses a theme and the mouse, or not, from now on.
    func use(_ settings: TerminalSettings)

    /// Rings the bell.
    func ring()

    /// Gives the terminal back for good; more calls do nothing.
    func close()
}

/// A driver without colours, mouse or bell needs none of these.
extension TerminalDriver {
    package func use(_ settings: TerminalSettings) {}
    package func ring() {}
}
