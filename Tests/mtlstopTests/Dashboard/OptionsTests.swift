import AuditEvents
import AuditStore
import SafeText
import Terminal
import TestSupport
import Testing

@testable import mtlstop

@Suite("Options change by key and by name, and the mouse does what keys do")
struct OptionsTests {
    private func driver(_ keys: Key...) -> DashboardDriver {
        var driver = DashboardDriver(120, 36)
        for key in keys { driver.press(key) }
        return driver
    }

    private func command(_ text: String, _ driver: inout DashboardDriver) {
        driver.press(.character(":"))
        driver.type(text)
        driver.press(.enter)
    }

    @Test("Every value of every option can be set and read, and nothing else")
    func everyValue() {
        var state = DashboardDriver().state
        for option in OptionName.allCases {
            for value in option.values {
                let isSet = state.set(option, to: value)
                #expect(isSet)
                #expect(state.value(of: option) == value)
            }
            let isOther = state.set(option, to: "other")
            #expect(!isOther)
        }
    }

    @Test("F2 turns an option and stays open; the terminal is told")
    func box() {
        var driver = driver(.function(2), .enter)
        #expect(driver.state.options.theme == .dark && driver.state.menu != nil)
        #expect(driver.effects.last == .settings(TerminalSettings(theme: .dark)))
        driver.press(.down, .enter)
        #expect(driver.effects.last == .settings(TerminalSettings(theme: .dark, usesMouse: true)))
        driver.press(.function(2))
        #expect(driver.state.menu == nil)
    }

    @Test(":set and :theme take names, and say what there is when they do not know one")
    func commands() {
        var driver = driver()
        command("set times local", &driver)
        #expect(driver.state.timeStyle == .local)
        command("theme high-contrast", &driver)
        #expect(driver.state.options.theme == .highContrast)
        command("set density dense", &driver)
        #expect(driver.state.layout.kind == .compact)
        command("set mouse maybe", &driver)
        #expect(driver.text.contains("set mouse: off, on"))
        command("set sound on", &driver)
        #expect(driver.text.contains("the options are theme mouse"))
    }

    @Test("ASCII on and off again draws as before")
    func ascii() {
        var driver = driver()
        let before = driver.screen
        command("set ascii on", &driver)
        let isPlain = driver.text.unicodeScalars.allSatisfy { $0.isASCII }
        #expect(isPlain)
        command("set ascii off", &driver)
        driver.state.flash = nil
        #expect(driver.screen == before)
    }

    @Test("The bell rings for a rejection that arrives, and only when asked for")
    func bell() {
        for isOn in [true, false] {
            var driver = driver()
            driver.state.options.ringsBell = isOn
            driver.answer = { question in
                guard case .live(var window) = FixtureAnswers.answer(question) else {
                    return FixtureAnswers.answer(question)
                }
                let newest = window.rows.firstIndex { $0.outcome == .rejected } ?? 0
                window.rows.removeFirst(newest + 1)
                return .live(window)
            }
            driver.send(.dataChanged)
            #expect(!driver.effects.contains(.ring))
            driver.answer = FixtureAnswers.answer
            driver.send(.dataChanged)
            #expect(driver.effects.contains(.ring) == isOn)
        }
    }

    // MARK: The mouse

    private func press(_ x: Int, _ y: Int, _ driver: inout DashboardDriver) {
        driver.send(.mouse(MouseInput(deed: .press, place: Point(x: x, y: y))))
    }

    @Test("A press selects, a second one opens, the wheel moves three rows")
    func rows() {
        var driver = driver()
        press(5, 8, &driver)
        #expect(driver.state.live.isFollowing, "the mouse is off at first")
        driver.state.options.usesMouse = true
        press(5, 8, &driver)
        let fifth = FixtureCast.events[4].id
        #expect(driver.state.live.cursor.selected == fifth && driver.state.places.isEmpty)
        driver.send(.mouse(MouseInput(deed: .wheelDown, place: Point(x: 0, y: 9))))
        #expect(driver.state.live.cursor.index == 7)
        driver.send(.mouse(MouseInput(deed: .wheelUp, place: Point(x: 0, y: 9))))
        press(5, 8, &driver)
        #expect(driver.state.place == .event(fifth))
    }

    @Test("A press on a view's name opens it, one on a column title of Certs sorts")
    func tabsAndTitles() {
        var driver = driver()
        driver.state.options.usesMouse = true
        let tabs = Array(driver.screen.rowText(0, trimmed: true))
        for view in ViewName.allCases {
            let column = tabs.firstIndex(of: Character(String(view.digit))) ?? 0
            press(column, 0, &driver)
            #expect(driver.state.view == view, "\(view)")
        }
        press(11, 0, &driver)
        #expect(driver.state.view == .rejections)
        driver.press(.character("3"))
        let titles = driver.screen.rowText(3, trimmed: true)
        for (title, order) in [("VALIDITY", SortKey.expiry), ("SUBJECT", .subject), ("LAST", .lastSeen)] {
            let start = titles.firstRange(of: title)?.lowerBound ?? titles.startIndex
            press(titles.distance(from: titles.startIndex, to: start), 3, &driver)
            #expect(driver.state.order(of: .certs).key == order, "\(title)")
        }
    }

    @Test("A press in a menu takes the choice, one beside it closes the menu")
    func menus() {
        var driver = driver(.function(2))
        driver.state.options.usesMouse = true
        let rows = (0..<36).map { driver.screen.rowText($0, trimmed: true) }
        let y = rows.firstIndex { $0.contains("density") } ?? 0
        press(60, y, &driver)
        #expect(driver.state.options.isDense && driver.state.menu != nil)
        press(1, 1, &driver)
        #expect(driver.state.menu == nil)
    }

    @Test("No press anywhere on any screen traps or draws outside", arguments: 0..<6)
    func anywhere(_ round: Int) {
        let seed = UInt64(round) &+ 91
        var random = SeededGenerator(seed: seed)
        var driver = driver()
        driver.state.options.usesMouse = true
        for _ in 0..<150 {
            if Int.random(in: 0..<6, using: &random) == 0 {
                let size = Size(
                    columns: .random(in: 1...160, using: &random),
                    rows: .random(in: 1...50, using: &random)
                )
                driver.send(.resize(size))
            }
            if let keys = KeymapTests.places.randomElement(using: &random), Bool.random(using: &random) {
                for key in keys { driver.press(key) }
            }
            let size = driver.state.size
            let place = Point(
                x: .random(in: 0...size.columns, using: &random),
                y: .random(in: 0...size.rows, using: &random)
            )
            let deed: MouseInput.Deed = [.press, .press, .wheelUp, .wheelDown].randomElement(using: &random) ?? .press
            driver.send(.mouse(MouseInput(deed: deed, place: place)))
            driver.state.options.usesMouse = true
            let count = driver.screen.cells.count
            #expect(count == driver.state.size.columns * driver.state.size.rows, "seed \(seed)")
        }
    }
}
