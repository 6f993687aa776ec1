import SafeText
import Terminal
import Testing

@testable import mtlstop

@Suite("The key table is whole and without contradictions")
struct KeymapTests {
    /// The places a person can be in, by the keys that lead there.
    static let places: [[Key]] = [
        [], [.enter], [.enter, .enter], [.character("w")], [.character("2")], [.character("2"), .enter],
        [.character("2"), .enter, .enter], [.character("2"), .enter, .enter, .enter], [.character("3")],
        [.character("3"), .enter], [.character("4")], [.character("5")], [.character("?")], [.character("/")],
        [.character("t")], [.character("6")], [.character("6"), .down, .down, .enter], [.character(":")],
        [.character("=")], [.function(2)], [.character("e")], [.character("e"), .up],
        [.character("e"), .up, .up, .up, .up], [.character("e"), .control("s")], [.character("\\")],
        [.character(";")], [.character("3"), .character("D")], [.down, .character("a"), .enter],
    ]

    private static func driver(_ keys: [Key]) -> DashboardDriver {
        var driver = DashboardDriver(120, 36)
        for key in keys { driver.press(key) }
        if keys.last == .control("s") { driver.send(.export(.exists("x.csv"), id: 1)) }
        return driver
    }

    @Test("No key is bound twice in one context")
    func noDoubleBinding() {
        for context in Context.allCases {
            let keys = Keymap.bindings.filter { $0.context == context }.flatMap(\.keys)
            #expect(Set(keys).count == keys.count, "\(context)")
        }
    }

    @Test("In no place does a special binding hide a general one", arguments: places)
    func noHiddenBinding(_ keys: [Key]) {
        let contexts = Self.driver(keys).state.contexts
        let bound = Keymap.active(in: contexts).flatMap(\.keys)
        let repeated = Set(bound.filter { key in bound.count { $0 == key } > 1 })
        #expect(repeated.isEmpty, "\(contexts): \(repeated)")
    }

    @Test("Every action is bound, and has words in the help")
    func everyActionIsBoundAndExplained() {
        for action in Action.allCases {
            let bindings = Keymap.bindings.filter { $0.action == action }
            #expect(!bindings.isEmpty, "\(action)")
            #expect(bindings.allSatisfy { !$0.help.isEmpty && !$0.keys.isEmpty }, "\(action)")
        }
    }

    @Test("The help says everything whole in two columns of 120 cells, and in one of 80")
    func helpIsNotCut() {
        for binding in Keymap.bindings {
            let keys = binding.keys.map(Keymap.name).joined(separator: " ")
            guard binding.context != .menu else { continue }
            #expect(max(18, keys.width) + 1 + binding.help.width <= 58, "\(binding.help.string)")
        }
    }

    @Test("The help of a place lists every key that works there", arguments: places)
    func helpListsEveryKey(_ keys: [Key]) {
        let state = Self.driver(keys).state
        let lines = HelpPage.lines(for: state).map(\.text.text.string)
        for binding in Keymap.active(in: state.screenContexts) {
            let names = binding.keys.map(Keymap.name).map(\.string).joined(separator: " ")
            #expect(lines.contains { $0.hasPrefix(names) && $0.hasSuffix(binding.help.string) }, "\(names)")
        }
    }

    @Test("The bottom line names only keys that are bound, and always the way out", arguments: places)
    func bottomLineIsTrue(_ keys: [Key]) {
        var state = Self.driver(keys).state
        for columns in [40, 60, 80, 120] {
            state.size.columns = columns
            let hints = Keymap.hints(
                in: state.contexts,
                width: columns - 2,
                leaving: state.places.isEmpty ? "quit" : nil
            )
            #expect(!hints.isEmpty)
            #expect(
                hints.allSatisfy { hint in Keymap.active(in: state.contexts).contains { $0.action == hint.action } }
            )
            let leaves: Set<Action> = [.close, .back, .promptCancel]
            #expect(hints.contains { leaves.contains($0.action) }, "\(state.contexts) at \(columns)")
            #expect(hints.reduce(0) { $0 + $1.width } <= columns)
        }
    }

    @Test("Every bound key changes something or asks for something somewhere")
    func everyBoundKeyDoesSomething() {
        for binding in Keymap.bindings {
            for key in binding.keys {
                let works = Self.places.contains { place in Self.hasEffect(key, binding.context, after: place) }
                let helps = Self.hasEffectInTrouble(key, binding.context)
                #expect(works || helps, "\(Keymap.name(key).string) in \(binding.context)")
            }
        }
    }

    /// True when a key does something on the first page, or while the collector has gone.
    private static func hasEffectInTrouble(_ key: Key, _ context: Context) -> Bool {
        var driver = DashboardDriver(120, 36)
        if context == .firstRun {
            driver.state.book = AnswerBook()
            driver.answer = EmptyAnswers.answer
            driver.send(.dataChanged)
        } else if context == .collectorDown {
            let collector = CollectorHealth.down(pid: 812, since: FixtureCast.now)
            driver.send(.health(Health(collector: collector, database: .open)))
        }
        guard driver.state.contexts.contains(context) else { return false }
        let before = driver.screen
        let effects = driver.effects.count
        driver.press(key)
        return driver.screen != before || driver.effects.count > effects
    }

    /// True when a key does something visible after one of several moves that give it something to do.
    private static func hasEffect(_ key: Key, _ context: Context, after place: [Key]) -> Bool {
        var start = driver(place)
        start.state.filter = prepared()
        guard start.state.contexts.contains(context) else { return false }
        let preparations: [[Key]] = [[], [.down, .down], [.end], [.tab], [.character("x"), .up], [.pageDown]]
        return preparations.contains { moves in
            var driver = start
            for move in moves { driver.press(move) }
            guard driver.state.contexts.contains(context) else { return false }
            let before = driver.screen
            let effects = driver.effects.count
            let epoch = driver.state.epoch
            driver.press(key)
            return driver.screen != before || driver.effects.count > effects || driver.state.epoch != epoch
        }
    }

    private static func prepared() -> FilterState {
        var filter = FilterState()
        try? filter.apply("outcome:rej", now: FixtureCast.now)
        try? filter.apply("class:expired", now: FixtureCast.now)
        return filter
    }
}
