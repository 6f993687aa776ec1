import CertCore
import SafeText
import Terminal
import TestSupport
import Testing

@testable import mtlstop

@Suite("Any state at any size draws a sound screen")
struct PropertyTests {

    static let keys: [Key] =
        Keymap.bindings.flatMap(\.keys).filter { $0 != .control("c") && $0 != .character("Q") && $0 != .function(10) }
        + "abc:*\"(".unicodeScalars.map { .character($0) }

    @Test("No key sequence and no size traps, and every cell is harmless", arguments: 0..<24)
    func randomWalks(_ round: Int) {
        let seed = UInt64(round) &* 7919 &+ 17
        var random = SeededGenerator(seed: seed)
        var driver = DashboardDriver(80, 24, glyphs: round % 3 == 0 ? .ascii : .unicode)
        var painted = driver.screen
        for step in 0..<80 {
            Self.disturb(&driver, &random)
            let screen = driver.screen
            #expect(SoundScreen.faults(of: screen).isEmpty, "seed \(seed), step \(step)")
            if painted.size == screen.size {
                painted.apply(ScreenRun.changes(from: painted, to: screen), from: screen)
                let isSame = painted.cells == screen.cells && painted.cursor == screen.cursor
                #expect(isSame, "seed \(seed), step \(step): the changes do not lead to the screen")
            }
            painted = screen
            #expect(screen.cells.count == driver.state.size.columns * driver.state.size.rows, "seed \(seed)")
            #expect(screen == driver.screen, "seed \(seed): drawing twice differs")
            #expect(Self.showsSelection(driver, screen), "seed \(seed), step \(step): \(driver.state.size)")
        }
    }

    private static func randomSize(_ random: inout SeededGenerator) -> Size {
        // Small ones as often as large ones: most of what can go wrong does so below 40x10.
        let isSmall = Bool.random(using: &random)
        let columns = Int.random(in: 1...(isSmall ? 45 : 400), using: &random)
        let rows = Int.random(in: 1...(isSmall ? 16 : 100), using: &random)
        return Size(columns: columns, rows: rows)
    }

    private static func disturb(_ driver: inout DashboardDriver, _ random: inout SeededGenerator) {
        switch Int.random(in: 0..<10, using: &random) {
        case 0: driver.send(.resize(randomSize(&random)))
        case 1: driver.send(.dataChanged)
        case 2: driver.pass(Int64.random(in: 0...90_000, using: &random))
        case 3:
            let isDown = Bool.random(using: &random)
            let collector: CollectorHealth = isDown ? .down(pid: 812, since: FixtureCast.now) : .inside
            driver.send(.health(Health(collector: collector, database: .open)))
        case 9: input(&driver, &random)
        case 4:
            let isEmpty = Bool.random(using: &random)
            driver.answer = { isEmpty ? EmptyAnswers.answer($0) : FixtureAnswers.answer($0) }
        default:
            if let key = keys.randomElement(using: &random) { driver.press(key) }
        }
    }

    /// What nobody types: any key, pasted bytes, the mouse anywhere.
    private static func input(_ driver: inout DashboardDriver, _ random: inout SeededGenerator) {
        let scalar = Unicode.Scalar(UInt32.random(in: 0...0x10FFFF, using: &random)) ?? "\u{FFFD}"
        switch Int.random(in: 0..<6, using: &random) {
        case 0: driver.press(.character(scalar))
        case 1: driver.press(.alt(scalar))
        case 2: driver.press(.control(scalar))
        case 3: driver.press(.function(Int.random(in: -1...70, using: &random)))
        case 4:
            let bytes = (0..<Int.random(in: 0...300, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            driver.send(.paste(Untrusted(bytes: bytes)))
        default:
            driver.state.options.usesMouse = true
            let deeds: [MouseInput.Deed] = [.press, .otherPress, .wheelUp, .wheelDown]
            let x = Int.random(in: 0...420, using: &random)
            let place = Point(x: x, y: Int.random(in: 0...120, using: &random))
            driver.send(.mouse(MouseInput(deed: deeds.randomElement(using: &random) ?? .press, place: place)))
        }
    }

    /// True when the selected row of Live is on the screen wherever the list is.
    private static func showsSelection(_ driver: DashboardDriver, _ screen: Screen) -> Bool {
        let state = driver.state
        guard state.view == .live, state.places.isEmpty, state.help == nil, state.menu == nil,
            state.layout.kind != .numbers, !state.isFirstRun, state.liveWindow?.rows.isEmpty == false
        else { return true }
        let cursor = state.live.cursor
        return cursor.index >= cursor.top && cursor.index < cursor.top + state.plan.listRows
            && (0..<screen.size.rows).contains { screen[0, $0]?.glyph == ">" }
    }

    @Test(
        "The last row of every view is on the screen when it is selected, at every size",
        arguments: ["2", "3", "4", "5", "6"]
    )
    func lastRowIsShown(_ view: String) {
        for (columns, rows) in [(40, 10), (50, 12), (60, 15), (80, 24), (120, 36), (200, 60)] {
            var driver = DashboardDriver(columns, rows)
            for scalar in view.unicodeScalars { driver.press(.character(scalar)) }
            driver.press(.end)
            let screen = driver.screen
            let marked = (0..<rows).filter { screen[0, $0]?.glyph == ">" }
            #expect(marked.count == 1, "\(columns)x\(rows)")
            #expect(marked.allSatisfy { $0 < driver.state.layout.positionRow }, "\(columns)x\(rows)")
        }
    }

    @Test("The page of numbers is as new as Live, whatever view stands behind it")
    func numbersGoOn() {
        var driver = DashboardDriver(20, 5)
        driver.press(.character("3"))
        driver.answersAtOnce = false
        driver.send(.dataChanged)
        driver.pass(5000)
        #expect(driver.open.contains { if case .totals = $0.question { true } else { false } })
    }

    @Test("A smaller screen and back again keeps the selected event", arguments: 0..<12)
    func resizingKeepsTheSelection(_ round: Int) {
        var random = SeededGenerator(seed: UInt64(round) &* 104_729 &+ 3)
        var driver = DashboardDriver(100, 30)
        for _ in 0..<Int.random(in: 0...14, using: &random) { driver.press(.down) }
        let selected = driver.state.live.cursor.selected
        let size = driver.state.size
        for _ in 0..<4 { driver.send(.resize(Self.randomSize(&random))) }
        driver.send(.resize(size))
        #expect(driver.state.live.cursor.selected == selected, "round \(round)")
        #expect(Self.showsSelection(driver, driver.screen), "round \(round)")
    }

    @Test("Every action can be taken in every state, and the screen stays sound", arguments: Action.allCases)
    func actionsAreTotal(_ action: Action) {
        let ways: [[Key]] = [
            [], [.down, .enter], [.down, .enter, .enter], [.down, .character("w")], [.character("2")],
            [.character("2"), .enter], [.character("2"), .enter, .enter], [.character("3")], [.character("4")],
            [.character("5")], [.character("6")], [.character("?")], [.character("/")], [.character(":")],
            [.character("t")], [.down, .character("=")], [.character("y")], [.character(" ")],
        ]
        for keys in ways {
            var driver = DashboardDriver(80, 24)
            for key in keys { driver.press(key) }
            _ = driver.state.perform(action)
            driver.send(.dataChanged)
            #expect(SoundScreen.faults(of: driver.screen).isEmpty, "\(keys)")
        }
    }

    @Test("The columns of a list never leave the screen", arguments: 1...250)
    func listFitsAnyWidth(_ columns: Int) {
        let driver = DashboardDriver(columns, 24)
        for row in 0..<24 { #expect(driver.screen.row(row).count == columns) }
    }
}
