import SafeText
import Terminal

/// The options: `F2`, `:set`, `:theme`, and the configuration file.
extension DashboardState {
    /// The value of an option, as it is written.
    func value(of option: OptionName) -> String {
        switch option {
        case .theme: options.theme.rawValue
        case .mouse: options.usesMouse ? "on" : "off"
        case .ascii: options.isASCII ? "on" : "off"
        case .times: TimeStyle.allCases.firstIndex(of: timeStyle).map { OptionName.times.values[$0] } ?? "utc"
        case .bell: options.ringsBell ? "on" : "off"
        case .preview: options.previewsBeside ? "beside" : "below"
        case .density: options.isDense ? "dense" : "normal"
        }
    }

    /// Sets an option; false when it has no such value.
    mutating func set(_ option: OptionName, to value: String) -> Bool {
        guard let index = option.values.firstIndex(of: value) else { return false }
        switch option {
        case .theme: options.theme = ThemeName.allCases[index]
        case .mouse: options.usesMouse = value == "on"
        case .ascii: setASCII(value == "on")
        case .times: timeStyle = TimeStyle.allCases[index]
        case .bell: options.ringsBell = value == "on"
        case .preview: options.previewsBeside = value == "beside"
        case .density: options.isDense = value == "dense"
        }
        return true
    }

    private mutating func setASCII(_ isOn: Bool) {
        let possible = terminalGlyphs ?? glyphs
        terminalGlyphs = possible
        options.isASCII = isOn
        glyphs = isOn ? .ascii : possible
    }

    /// Takes what was typed behind `set`: a name and a value.
    mutating func setOption(_ text: String) -> [Effect] {
        let words = text.split(separator: " ").map(String.init)
        guard let option = words.first.flatMap(OptionName.init(rawValue:)) else {
            say(
                "set: the options are \(SafeText(OptionName.allCases.map(\.rawValue).joined(separator: " ")))",
                role: .warning
            )
            return []
        }
        guard words.count == 2, set(option, to: words[1]) else {
            say("set \(SafeText(option.rawValue)): \(SafeText(option.values.joined(separator: ", ")))", role: .warning)
            return []
        }
        say("\(SafeText(option.rawValue)): \(SafeText(words[1]))")
        return [.settings(options.settings)]
    }

    /// Puts the preview to the other side of the list, and shows it.
    mutating func turnPreview() {
        guard layout.isWide else { return say("the preview fits beside the list from 110 columns on") }
        options.previewsBeside.toggle()
        previewChoice = true
        say("preview \(SafeText(value(of: .preview))) the list")
    }

    /// Gives an option its next value.
    mutating func turn(_ option: OptionName) -> [Effect] {
        let values = option.values
        let index = values.firstIndex(of: value(of: option)) ?? 0
        _ = set(option, to: values[(index + 1) % values.count])
        return [.settings(options.settings)]
    }
}
