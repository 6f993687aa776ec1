import AuditEvents
import AuditStore
import CertCore
import SafeText
import Terminal
import Testing

@testable import mtlstop

@Suite("The dashboard follows, opens, filters and climbs back")
struct UpdateTests {
    // MARK: Following

    @Test("A new event moves the selection to the newest row while following")
    func followsTheNewest() {
        var driver = DashboardDriver()
        #expect(driver.state.live.cursor.selected == 1200)
        driver.answer = { Self.live($0, newest: 1201) }
        driver.send(.dataChanged)
        #expect(driver.state.live.cursor.selected == 1201)
        #expect(driver.text.contains("following"))
    }

    @Test("Moving off the newest row stops following and keeps the selected event")
    func movingStopsFollowing() {
        var driver = DashboardDriver()
        driver.press(.down, .down)
        let selected = driver.state.live.cursor.selected
        driver.answer = { Self.live($0, newest: 1205) }
        driver.send(.dataChanged)
        #expect(driver.state.live.cursor.selected == selected)
        #expect(driver.text.contains("37 new"))
        driver.press(.character("f"))
        #expect(driver.state.live.isFollowing)
        #expect(driver.state.live.cursor.selected == 1205)
    }

    @Test("Space freezes the rows while the numbers go on")
    func pauseFreezesRows() {
        var driver = DashboardDriver()
        driver.press(.character(" "))
        driver.answer = { question in
            if case .totals = question { return .totals(TrafficTotals(accepted: 99_999, rejected: 1)) }
            return Self.live(question, newest: 1300)
        }
        driver.pass(2000)
        driver.send(.dataChanged)
        #expect(driver.state.liveWindow?.rows.first?.id == 1200)
        #expect(driver.text.contains("99,999"))
        #expect(driver.text.contains("PAUSED"))
        driver.press(.character(" "))
        #expect(driver.state.liveWindow?.rows.first?.id == 1300)
    }

    @Test("The end key goes to the oldest event")
    func endGoesToTheOldest() {
        var driver = DashboardDriver()
        driver.press(.end)
        #expect(driver.state.live.cursor.selected == FixtureCast.events.last?.id)
        driver.press(.home)
        #expect(driver.state.live.cursor.selected == 1200)
        #expect(driver.state.live.isFollowing)
    }

    @Test("Paging through the whole stream visits every event once")
    func pagingVisitsEverything() {
        var driver = DashboardDriver()
        var seen: [Int64] = []
        for _ in 0..<FixtureCast.events.count {
            if let selected = driver.state.live.cursor.selected { seen.append(selected) }
            driver.press(.down)
        }
        #expect(seen == FixtureCast.events.map(\.id))
    }

    @Test("A resize there and back keeps the selected event")
    func resizeKeepsTheSelection() {
        var driver = DashboardDriver()
        for _ in 0..<30 { driver.press(.down) }
        let selected = driver.state.live.cursor.selected
        for size in [Size(columns: 1, rows: 1), Size(columns: 200, rows: 60), Size(columns: 80, rows: 24)] {
            driver.send(.resize(size))
        }
        #expect(driver.state.live.cursor.selected == selected)
    }

    // MARK: Opening and climbing back

    @Test("Enter opens the event, Enter its certificate, Esc climbs back to the row")
    func opensAndClimbsBack() {
        var driver = DashboardDriver()
        driver.press(.down, .enter)
        #expect(driver.state.place == .event(1199))
        #expect(driver.text.contains("REJECTED: expired 2d 23h ago"))
        driver.press(.enter)
        #expect(driver.text.contains("old-batch-runner"))
        #expect(driver.text.contains("sha-256"))
        driver.press(.escape)
        #expect(driver.state.place == .event(1199))
        driver.press(.escape)
        #expect(driver.state.places.isEmpty)
        #expect(driver.state.live.cursor.selected == 1199)
    }

    @Test("The rejections lead from the reason to who to the events to one event")
    func rejectionsDrillDown() {
        var driver = DashboardDriver()
        driver.press(.character("2"), .down, .enter)
        #expect(driver.text.contains("old-batch-runner"))
        driver.press(.enter)
        #expect(driver.text.contains("REJ"))
        driver.press(.enter)
        #expect(driver.text.contains("socket_not_authorized"))
        driver.press(.escape, .escape, .escape)
        #expect(driver.state.places.isEmpty)
        #expect(driver.state.view == .rejections)
    }

    @Test("q closes a detail and quits from a view; Esc at the top does nothing")
    func closingAndQuitting() {
        var driver = DashboardDriver()
        driver.press(.enter, .character("q"))
        #expect(driver.state.places.isEmpty)
        #expect(driver.effects.isEmpty)
        driver.press(.escape)
        #expect(driver.effects.isEmpty)
        driver.press(.character("q"))
        #expect(driver.effects == [.quit(0)])
    }

    @Test("Ctrl-C quits from everywhere", arguments: KeymapTests.places)
    func controlCQuits(_ keys: [Key]) {
        var driver = DashboardDriver()
        for key in keys { driver.press(key) }
        driver.press(.control("c"))
        // While an export is being written it asks once.
        if driver.state.exportRun != nil { driver.press(.control("c")) }
        #expect(driver.effects.last == .quit(0))
    }

    @Test("An event without a certificate says so instead of opening one")
    func eventWithoutCertificate() {
        var driver = DashboardDriver()
        driver.press(.down, .down, .down, .down, .character("d"))
        #expect(driver.state.places.isEmpty)
        #expect(driver.text.contains("came without a certificate"))
    }

    // MARK: Filter

    @Test("A filter hides rows while it is typed, and Esc brings them back")
    func filterPreviewsAndCancels() {
        var driver = DashboardDriver()
        driver.press(.character("/"))
        driver.type("outcome:rej")
        #expect(driver.state.liveWindow?.rows.allSatisfy { $0.outcome == .rejected } == true)
        driver.press(.escape)
        #expect(driver.state.filter.filter == nil)
        #expect(driver.state.liveWindow?.rows.contains { $0.outcome == .authenticated } == true)
    }

    @Test("A filter that cannot be read names the column and keeps the rows")
    func filterErrorKeepsRows() {
        var driver = DashboardDriver()
        let rows = driver.state.liveWindow?.rows.map(\.id)
        driver.press(.character("/"))
        driver.type("ip:10.0.0.0/99")
        driver.press(.enter)
        #expect(driver.state.prompt?.problem != nil)
        #expect(driver.text.contains("column"))
        driver.press(.escape)
        #expect(driver.state.liveWindow?.rows.map(\.id) == rows)
    }

    @Test("u goes back through filters, U clears, Up finds them again")
    func filterUndoAndHistory() {
        var driver = DashboardDriver()
        for text in ["outcome:rej", "class:expired"] {
            driver.press(.character("/"), .control("u"))
            driver.type(text)
            driver.press(.enter)
        }
        #expect(driver.state.filter.text == "class:expired")
        driver.press(.character("u"))
        #expect(driver.state.filter.text == "outcome:rej")
        driver.press(.character("U"))
        #expect(!driver.state.filter.isActive)
        driver.press(.character("/"), .up)
        #expect(driver.state.prompt?.editor.text == "class:expired")
        driver.press(.up, .down, .down)
        #expect(driver.state.prompt?.editor.text == "")
    }

    @Test("Pasted text is typed into the filter line and never works as keys")
    func pasteIsNoKey() {
        var driver = DashboardDriver()
        driver.send(.paste(Untrusted("q2\u{1B}")))
        #expect(driver.effects.isEmpty)
        #expect(driver.state.view == .live)
        driver.press(.character("/"))
        driver.send(.paste(Untrusted("cn:svc-*\n")))
        #expect(driver.state.prompt?.editor.text.hasPrefix("cn:svc-*") == true)
    }

    // MARK: Questions

    @Test("The answer to a question that was replaced is dropped")
    func staleAnswersAreDropped() {
        var driver = DashboardDriver()
        driver.answersAtOnce = false
        driver.send(.dataChanged)
        let old = driver.open.first { $0.question.slot == .live }
        driver.press(.character("/"))
        driver.type("outcome:rej")
        guard let old else {
            Issue.record("no question was asked")
            return
        }
        driver.send(.answer(Self.live(old.question, newest: 1999), id: old.id, slot: .live))
        #expect(driver.state.liveWindow?.rows.first?.id == 1200)
    }

    @Test("Sums are read at most once a second, whatever is committed")
    func sumsAreReadRarely() {
        var driver = DashboardDriver()
        var asked = 0
        driver.answer = { question in
            if question.slot == .totals { asked += 1 }
            return FixtureAnswers.answer(question)
        }
        for _ in 0..<12 {
            driver.pass(250)
            driver.send(.dataChanged)
        }
        #expect((2...4).contains(asked))
    }

    @Test("Nothing is asked while nothing happens")
    func idleAsksNothing() {
        var driver = DashboardDriver()
        driver.answersAtOnce = false
        for _ in 0..<20 { driver.pass(500) }
        #expect(driver.open.isEmpty)
        #expect(driver.state.nextDeadline == nil)
    }

    @Test("Nothing is waited for while the database is away")
    func missingDatabaseWaitsForNothing() {
        var driver = DashboardDriver()
        driver.send(.health(Health(collector: .inside, database: .missing)))
        driver.pass(120_000)
        driver.send(.dataChanged)
        #expect(driver.state.nextDeadline == nil)
        #expect(driver.open.isEmpty)
    }

    @Test("A failed question shows its reason until one succeeds")
    func failureIsShown() {
        var driver = DashboardDriver()
        driver.answersAtOnce = false
        driver.send(.dataChanged)
        guard let asked = driver.open.first else {
            Issue.record("no question was asked")
            return
        }
        driver.send(.failed("disk I/O error", id: asked.id, slot: asked.question.slot))
        #expect(driver.text.contains("disk I/O error"))
    }

    // MARK: Health

    @Test("A collector that dies is said, and the rows stay")
    func collectorDownIsSaid() {
        var driver = DashboardDriver()
        driver.send(.health(Health(collector: .down(pid: 812, since: FixtureCast.now), database: .open)))
        #expect(driver.text.contains("COLLECTOR DOWN"))
        #expect(driver.text.contains("STALE"))
        #expect(driver.text.contains("svc-billing"))
        driver.send(.health(Health(collector: .outside(pid: 900), database: .open)))
        #expect(!driver.text.contains("COLLECTOR DOWN"))
    }

    @Test("The first event ends the first-run page")
    func firstRunEnds() {
        var driver = DashboardDriver()
        driver.answer = EmptyAnswers.answer
        driver.pass(60_000)
        #expect(driver.text.contains("Welcome to mtlstop"))
        #expect(driver.text.contains("WAITING"))
        driver.answer = FixtureAnswers.answer
        driver.pass(60_000)
        #expect(driver.text.contains("svc-billing"))
    }

    private static func live(_ question: Question, newest: Int64) -> Answer {
        guard case .live(let window) = question, window.filter == nil, window.ceiling == nil else {
            return FixtureAnswers.answer(question)
        }
        let added = (1201...max(1201, newest)).reversed().map { id in
            FixtureCast.event(id, 0, FixtureCast.orders, ip: "10.4.2.31", "/new")
        }
        return .live(EventWindow(rows: added + FixtureCast.events, reachedNewest: true, reachedOldest: true))
    }
}
