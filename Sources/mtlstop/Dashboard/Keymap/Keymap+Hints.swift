import SafeText
import Terminal

/// The bottom line and the names of keys, made from the table.
extension Keymap {
    /// How a key is written for people.
    static func name(_ key: Key) -> SafeText {
        switch key {
        case .character(" "): "Space"
        case .character(let scalar): SafeText(String(Character(scalar)))
        case .control(let scalar): SafeText("^" + String(Character(scalar)).uppercased())
        case .alt(let scalar): SafeText("M-" + String(Character(scalar)))
        case .function(let number): "F\(number)"
        default: specialNames[key] ?? "?"
        }
    }

    private static let specialNames: [Key: SafeText] = [
        .enter: "Enter", .escape: "Esc", .tab: "Tab", .backTab: "S-Tab", .backspace: "Backspace", .delete: "Del",
        .insert: "Ins", .up: "Up", .down: "Down", .left: "Left", .right: "Right", .home: "Home", .end: "End",
        .pageUp: "PgUp", .pageDown: "PgDn",
    ]

    /// The bindings that hold in the contexts, the most special context first, without those a special one covers.
    static func active(in contexts: [Context], bindings: [Binding] = Keymap.bindings) -> [Binding] {
        contexts.flatMap { context in bindings.filter { $0.context == context } }
    }

    /// The words of the bottom line: what fits, in order; help and the way out are always among them.
    static func hints(
        in contexts: [Context],
        width: Int,
        leaving: SafeText?,
        bindings: [Binding] = Keymap.bindings
    ) -> [KeyHint] {
        let all = active(in: contexts, bindings: bindings).compactMap { binding -> KeyHint? in
            guard let hint = binding.hint, let key = binding.keys.first else { return nil }
            if binding.action == .close { return leaving.map { KeyHint(key: name(key), word: $0, action: .close) } }
            if binding.action == .back, leaving != nil, contexts.contains(.screen) { return nil }
            return KeyHint(key: name(key), word: hint, action: binding.action)
        }
        let kept: [Action] = [.filter, .help, .close, .back]
        var room = width - all.filter { kept.contains($0.action) }.reduce(0) { $0 + $1.width }
        let special = all.filter { hint in
            guard !kept.contains(hint.action), hint.width <= room else { return false }
            room -= hint.width
            return true
        }
        return special + kept.flatMap { action in all.filter { $0.action == action } }
    }
}

/// A key and its word in the bottom line.
struct KeyHint: Sendable {
    var key: SafeText
    var word: SafeText
    var action: Action

    /// Cells with the gap to the next one.
    var width: Int { key.width + 1 + word.width + 2 }
}
