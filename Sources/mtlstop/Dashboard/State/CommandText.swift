/// A line of the command prompt, read.
enum CommandText: Hashable, Sendable {
    /// What a key could do as well.
    case action(Action)
    /// A filter in place of the one in force.
    case filter(String)
    /// An event by its number.
    case event(Int64)
    /// A place in Live, by time or by number.
    case goTo(String)
    /// The time that the view shows.
    case range(String)
    /// What the list is ordered by.
    case sort(String)
    /// By what Rejections groups.
    case group(String)
    /// An option and its value.
    case set(String)
    /// What the help says about a word.
    case help(String)
    /// One more key for an action.
    case map(String)
    /// A key that is to do nothing.
    case unmap(String)
    /// A certificate by its fingerprint.
    case certificate(String)
    /// A view by its name.
    case view(ViewName)
    /// Two certificates by their fingerprints, or two events by their numbers.
    case diff(String, String)

    /// Commands that take a value, with an example.
    static let withValue: [(name: String, example: String)] = [
        ("filter", "filter outcome:rej"), ("event", "event 4711"), ("certificate", "certificate 9f3a…"),
        ("goto", "goto 13:05"), ("sort", "sort expiry"), ("group", "group issuer"), ("set", "set mouse on"),
        ("theme", "theme dark"),
        ("help", "help certificate"), ("view", "view expiring"), ("diff", "diff 4711 4712"),
        ("map", "map x why"),
        ("unmap", "unmap x"),
        ("range", "range 2026-11-23 13:00 .. 14:00"),
    ]

    /// Actions that make sense by name: all but those of the prompt itself.
    static let actions = Action.allCases.filter { !$0.rawValue.hasPrefix("prompt-") && $0 != .command }

    /// Every name, in order.
    static let names: [String] = (actions.map(\.rawValue) + withValue.map(\.name)).reduce(into: []) { names, name in
        if !names.contains(name) { names.append(name) }
    }
    .sorted()

    /// Reads a line; nil when it names no command.
    init?(_ text: String) {
        let parts = text.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true).map(String.init)
        guard let name = parts.first else { return nil }
        let value = parts.count > 1 ? String(parts[1]) : nil
        switch (name, value) {
        case ("q", nil): self = .action(.quit)
        case ("filter", let value?): self = .filter(value)
        case ("set", let value?): self = .set(value)
        case ("theme", let value?): self = .set("theme " + value)
        case ("map", let value?): self = .map(value)
        case ("unmap", let value?): self = .unmap(value)
        case ("help", let value?): self = .help(value)
        case ("sort", let value?): self = .sort(value)
        case ("group", let value?): self = .group(value)
        case ("goto", let value?): self = .goTo(value)
        case ("range", let value?): self = .range(value)
        case ("event", let value?):
            guard let id = Int64(value), id > 0 else { return nil }
            self = .event(id)
        case ("certificate", let value?), ("cert", let value?):
            guard let digits = Self.fingerprint(value) else { return nil }
            self = .certificate(digits)
        case ("view", let value?):
            guard let view = ViewName(rawValue: value) else { return nil }
            self = .view(view)
        case ("diff", let value?):
            let names = value.split(separator: " ").map(String.init)
            guard names.count == 2 else { return nil }
            self = .diff(names[0], names[1])
        default:
            guard value == nil, let action = Action(rawValue: name), Self.actions.contains(action) else { return nil }
            self = .action(action)
        }
    }

    /// The digits of a fingerprint, or of its start; nil when it is none.
    static func fingerprint(_ text: String) -> String? {
        let digits = text.lowercased().filter { $0 != ":" }
        return (4...64).contains(digits.count) && digits.allSatisfy(\.isHexDigit) ? digits : nil
    }

    /// What Tab adds to a word; nil when nothing is clear or nothing fits.
    static func completion(of typed: String, among words: [String]) -> String? {
        let fitting = words.filter { $0.hasPrefix(typed) }
        guard !typed.isEmpty, var common = fitting.first else { return nil }
        for word in fitting { common = String(zip(common, word).prefix { $0 == $1 }.map(\.0)) }
        return common.count > typed.count ? String(common.dropFirst(typed.count)) : nil
    }
}
