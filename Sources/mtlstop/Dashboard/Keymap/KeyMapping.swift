import SafeText
import Terminal

/// The key table while a person changes it: `map KEY ACTION`, `unmap KEY`.
struct KeyMapping: Sendable {
    /// Why a change cannot be.
    struct Problem: Error, Hashable {
        var message: SafeText
        var remedy: SafeText
    }

    private(set) var bindings: [Binding]

    init(_ bindings: [Binding] = Keymap.bindings) {
        self.bindings = bindings
    }

    /// Gives an action one more key, everywhere the action exists; the new key is the one that hints show.
    mutating func map(_ keyText: String, _ actionText: String) throws(Problem) {
        let key = try key(keyText)
        guard let action = Action(rawValue: actionText), bindings.contains(where: { $0.action == action }) else {
            throw Problem(
                message: "\(SafeText(actionText)) is no action",
                remedy: "the help (?) and Tab after : name them"
            )
        }
        for index in bindings.indices where bindings[index].action == action {
            let isTyping = bindings[index].context == .prompt || bindings[index].context == .dialog
            if isTyping, case .character = key {
                throw Problem(
                    message: "\(SafeText(keyText)) could not be typed any more",
                    remedy: "\(SafeText(actionText)) takes keys like ^X, M-x or F5"
                )
            }
            if !bindings[index].keys.contains(key) { bindings[index].keys.insert(key, at: 0) }
        }
    }

    /// Takes a key away from whatever it does.
    mutating func unmap(_ keyText: String) throws(Problem) {
        let key = try key(keyText)
        guard bindings.contains(where: { $0.keys.contains(key) }) else {
            throw Problem(message: "\(SafeText(keyText)) does nothing as it is", remedy: "the help (?) lists the keys")
        }
        for index in bindings.indices { bindings[index].keys.removeAll { $0 == key } }
    }

    private func key(_ text: String) throws(Problem) -> Key {
        guard let key = KeyName.key(text) else {
            throw Problem(
                message: "\(SafeText(text)) is no key",
                remedy: "write a character, ^X, M-x, F5, Space, Enter, Esc, Tab, Up, PgDn and so on"
            )
        }
        return key
    }

    /// Checks the whole: no key with two meanings in one place, and always a way out.
    ///
    /// Returns the key of the first conflict with its words.
    func problem() -> (key: Key?, Problem)? {
        for context in Context.allCases {
            if let found = conflict(in: context.stack) { return found }
        }
        for action in [Action.quit, .promptCancel, .command] where keys(of: action).isEmpty {
            let name = SafeText(action.rawValue)
            return (nil, Problem(message: "\(name) has no key left", remedy: "map one to it: map KEY \(name)"))
        }
        return nil
    }

    private func keys(of action: Action) -> [Key] { bindings.filter { $0.action == action }.flatMap(\.keys) }

    private func conflict(in stack: [Context]) -> (key: Key?, Problem)? {
        var taken: [Key: Action] = [:]
        for context in stack {
            for binding in bindings where binding.context == context {
                for key in binding.keys {
                    if let other = taken[key], other != binding.action {
                        return (key, Self.conflict(key, other, binding.action))
                    }
                    taken[key] = binding.action
                }
            }
        }
        return nil
    }

    private static func conflict(_ key: Key, _ left: Action, _ right: Action) -> Problem {
        let name = Keymap.name(key)
        return Problem(
            message: "\(name) would mean \(SafeText(left.rawValue)) and \(SafeText(right.rawValue))",
            remedy: "unmap \(name) first"
        )
    }
}
