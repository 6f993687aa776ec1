import AuditStore
import SafeText
import Terminal
import Testing

@testable import mtlstop

@Suite("Rows are found, marked and noted")
struct MarkingTests {
    private func driver(_ keys: Key...) -> DashboardDriver {
        var driver = DashboardDriver(120, 36)
        for key in keys { driver.press(key) }
        return driver
    }

    @Test("\\ finds without hiding: the rows stay, what holds the text is shown, n and N go on")
    func findInLists() {
        var driver = driver(.character("3"), .character("\\"))
        let rows = driver.state.certificateList?.count
        driver.type("SVC-orders")
        driver.press(.enter)
        #expect(driver.state.certificateList?.count == rows && !driver.state.filter.isActive)
        let first = driver.state.listIndex
        #expect(driver.state.selectedCertificate?.commonName == "svc-orders")
        driver.press(.character("n"))
        #expect(driver.state.selectedCertificate?.commonName == "svc-orders" && driver.state.listIndex != first)
        driver.press(.character("N"))
        #expect(driver.state.listIndex == first)
        let marked = driver.screen.cells.filter { $0.role == .mark }.map { String($0.glyph) }.joined()
        #expect(marked.contains("svc-orders"))
        driver.press(.character("\\"))
        driver.type("nothing like it")
        driver.press(.enter)
        #expect(driver.text.contains("not found here"))
    }

    @Test("In Live the stream is searched, and the found event is selected wherever it is")
    func findInStream() {
        var driver = driver(.down, .character("\\"))
        driver.type("zzz")
        driver.press(.enter)
        #expect(driver.state.live.cursor.selected == 1190)
        #expect(!driver.state.live.isFollowing && driver.state.live.anchor == .around(1190))
        driver.answer = { question in
            if case .find = question { return .found(FoundEvent(id: nil, resume: 500)) }
            return FixtureAnswers.answer(question)
        }
        driver.press(.character("n"))
        #expect(driver.text.contains("not up to event 500: n goes on"))
        driver.answersAtOnce = false
        driver.press(.character("n"))
        guard case .find(let question, _, _)? = driver.open.first?.question else {
            Issue.record("nothing was asked")
            return
        }
        #expect(question.from == 500 && question.isDown)
        driver.press(.control("g"))
        #expect(driver.effects.last == .cancel(.find))
    }

    @Test("A search of a real database finds every event that holds the text, downwards and upwards")
    func findInDatabase() throws {
        let database = try SampleDatabase(seed: 41, events: 300, rejectedShare: 0.2)
        var driver = try database.driver()
        let name = try #require(driver.state.liveWindow?.rows.last?.certificate?.commonName)
        let all = try database.reader().events(
            EventQuery(filter: try AuditFilter(parsing: "cn=\"\(name)\"", now: database.now), limit: 300)
        )
        driver.press(.character("\\"))
        driver.type(name)
        driver.press(.enter)
        var seen: [Int64] = []
        for _ in all.rows {
            if let selected = driver.state.live.cursor.selected { seen.append(selected) }
            driver.press(.character("n"))
        }
        #expect(Set(seen).isSuperset(of: all.rows.map(\.id)))
        #expect(driver.text.contains("no older event holds it"))
    }

    @Test("m marks and goes on, M shows only what is marked, and the export knows it")
    func marks() {
        var driver = driver(.down, .character("m"), .character("m"))
        let marked = driver.state.marks.rows
        #expect(marked.count == 2)
        #expect(driver.state.signs.sign(FixtureCast.events[1]) == "*")
        driver.press(.character("M"))
        #expect(driver.state.filter.text == "is:marked")
        let ids = marked.compactMap { row in if case .event(let id) = row { id } else { nil } }
        let wanted = ids.map { "id=\($0)" }.joined(separator: " or ")
        driver.press(.character("e"))
        #expect(driver.state.exportPlan?.filterText == "(\(wanted))")
        driver.press(.escape, .character("M"))
        #expect(!driver.state.filter.isActive)
        driver = self.driver(.character("3"), .character("m"), .character("M"))
        #expect(driver.state.marks.rows == [.certificate(FixtureCast.billing.name)])
        driver.press(.character(":"))
        driver.type("mark")
        driver.press(.enter)
        #expect(driver.state.marks.rows.count != 1)
    }

    @Test("a writes a note on what the row is about; it is shown in its pages and as a sign in rows")
    func notes() {
        var driver = driver(.down, .character("a"))
        #expect(driver.text.contains("a note on"))
        driver.press(.enter)
        driver.type("owner: batch team")
        driver.press(.enter)
        let subject = NoteSubject.certificate(FixtureCast.batch.lookup ?? "")
        #expect(driver.effects.last == .writeNote("owner: batch team", on: subject))
        let hostile = Note(subject: subject, text: "evil\u{1B}[31m", changed: FixtureCast.now)
        driver.send(.notes(.written([hostile])))
        #expect(driver.text.contains("the note is kept"))
        #expect(driver.state.signs.sign(FixtureCast.events[1]) == "&")
        driver.press(.enter)
        #expect(driver.text.contains(#"evil\e[31m (on the certificate)"#))
        driver.press(.enter)
        #expect(driver.text.contains(#"evil\e[31m"#))
        driver.press(.escape, .escape, .character("/"))
        driver.type("has:note")
        driver.press(.enter)
        #expect(driver.state.filter.isActive && driver.state.filter.text == "has:note")
        driver.send(.notes(.failed("no room")))
        #expect(driver.text.contains("notes: no room"))
    }
}
