import AuditStore
import CertCore
import SafeText
import Terminal
import Testing

@testable import mtlstop

@Suite("A cell of a row can be gone to, read, kept and dropped")
struct CellTests {
    @Test("l goes through the columns and stops at the last; the cell is read uncut; Esc gives the row back")
    func moving() throws {
        var driver = DashboardDriver()
        driver.press(.down, .character("l"))
        #expect(driver.state.cell == "TIME")
        let titles = driver.state.columnTitles(of: .live, withHidden: false)
        for _ in 0..<20 { driver.press(.right) }
        #expect(driver.state.cell == titles.last)
        driver.press(.character("h"))
        #expect(driver.state.cell == titles.dropLast().last)
        #expect(driver.text.contains("CLIENT IP: 10.4.9.3"))
        driver.press(.escape)
        #expect(driver.state.cell == nil && driver.state.places.isEmpty)
        driver.press(.left)
        #expect(driver.state.cell == titles.last)
    }

    @Test(
        "A column that has no room comes onto the screen when the cell cursor reaches it",
        arguments: [60, 80, 120, 200]
    )
    func hiddenColumnsAppear(_ columns: Int) {
        var driver = DashboardDriver(columns, 24)
        driver.press(.character("5"))
        for title in driver.state.columnTitles(of: .sources, withHidden: false) {
            driver.press(.right)
            #expect(driver.state.cell == title)
            #expect(driver.screen.rowText(driver.state.layout.bodyTop, trimmed: true).contains(title), "\(title)")
        }
    }

    @Test("The cell under the cursor is the one that does not stand in the row's style")
    func style() throws {
        var driver = DashboardDriver()
        driver.press(.down, .character("l"), .character("l"), .character("l"))
        let row = driver.screen.row(driver.state.layout.bodyTop + 2)
        let plain = row.indices.filter { !row[$0].isSelected }
        let table = driver.state.table(driver.state.eventColumns.columns, of: .live).layout(in: 80)
        let place = try #require(table.places.first { $0.column.title == "SUBJECT" })
        #expect(plain.map { $0 - row.startIndex } == Array((1 + place.x)..<(1 + place.x + place.width)))
    }

    @Test("= keeps and - drops the value of the cell, in every column that a filter finds")
    func narrowing() throws {
        for (title, condition) in [
            ("RES", #"outcome="rej""#), ("SUBJECT", #"cn="old-batch-runner""#), ("SOURCE", #"service="edge-2""#),
            ("CLIENT IP", #"ip="10.4.9.3""#), ("PATH / WHY", #"class="expired""#),
        ] {
            var driver = DashboardDriver()
            driver.press(.down)
            driver.state.cells[.live] = title
            driver.press(.character("="))
            #expect(driver.state.filter.text == condition)
            driver = DashboardDriver()
            driver.press(.down)
            driver.state.cells[.live] = title
            driver.press(.character("-"))
            #expect(driver.state.filter.text == "not \(condition)")
        }
        var driver = DashboardDriver(120, 36)
        driver.press(.character("l"), .character("="))
        #expect(driver.state.filter.text.isEmpty && driver.text.contains("TIME is nothing that a filter finds"))
    }

    @Test("Clients without a certificate are kept by their having none")
    func anonymous() throws {
        var driver = DashboardDriver()
        for _ in 0..<20 where driver.state.selectedEvent?.certificate != nil { driver.press(.down) }
        driver.state.cells[.live] = "SUBJECT"
        driver.press(.character("="))
        #expect(driver.state.filter.text == "is:anonymous")
    }

    @Test("Enter on a source shows its events in Live, and 0 goes back to the view before")
    func sources() throws {
        var driver = DashboardDriver()
        driver.press(.character("5"), .down, .enter)
        #expect(driver.state.view == .live && driver.state.filter.text == #"service="edge-2""#)
        driver.press(.character("0"))
        #expect(driver.state.view == .sources)
        driver.press(.character("`"))
        #expect(driver.state.view == .live)
    }

    @Test("F switches the filter off and on; another filter takes the place of the one that is off")
    func filterOffAndOn() {
        var driver = DashboardDriver(120, 36)
        driver.press(.character("F"))
        #expect(driver.text.contains("there is no filter to switch"))
        driver.press(.character("/"))
        driver.type("outcome:rej")
        driver.press(.enter, .character("F"))
        #expect(!driver.state.filter.isActive && driver.text.contains("filter off (F): outcome:rej"))
        driver.press(.character("F"))
        #expect(driver.state.filter.text == "outcome:rej" && driver.state.filter.parked.isEmpty)
        driver.press(.character("F"), .character("/"))
        driver.type("ip:10.4.9.3")
        driver.press(.enter)
        #expect(driver.state.filter.text == "ip:10.4.9.3" && driver.state.filter.parked.isEmpty)
    }

    @Test("P puts the preview beside the list, where there is room, and the list keeps every line")
    func previewBeside() {
        var driver = DashboardDriver(120, 24)
        let rows = driver.state.plan.listRows
        driver.press(.down, .character("P"))
        #expect(driver.state.showsPreviewBeside && driver.state.plan.listRows == rows)
        #expect(driver.text.contains("│ event 1199") && driver.text.contains("│ do"))
        #expect(SoundScreen.faults(of: driver.screen).isEmpty)
        driver.press(.character("P"))
        #expect(!driver.state.showsPreviewBeside && driver.state.showsPreview)
        driver.send(.resize(Size(columns: 80, rows: 24)))
        driver.press(.character("P"))
        #expect(driver.text.contains("from 110 columns on"))
    }

    @Test("Esc takes the marks of a search away before it leaves anything")
    func escapeEndsFinding() {
        var driver = DashboardDriver()
        driver.press(.character("3"), .character("\\"))
        driver.type("svc")
        driver.press(.enter)
        #expect(driver.state.find.isActive)
        driver.press(.escape)
        #expect(!driver.state.find.isActive && driver.state.view == .certs)
    }

    @Test("In the help / looks for a word, and ? shows the keys of all places")
    func help() {
        var driver = DashboardDriver(120, 36)
        driver.press(.character("?"), .character("?"))
        let all = HelpPage.lines(for: driver.state).map(\.text.text.string)
        for binding in Keymap.bindings { #expect(all.contains { $0.hasSuffix(binding.help.string) }) }
        driver.press(.character("?"))
        #expect(driver.state.help?.topic == .keys)
        driver.press(.character("/"))
        driver.type("clipboard")
        driver.press(.enter)
        #expect(driver.state.help?.topic == .word("clipboard") && driver.text.contains("copy a value"))
        driver.press(.escape)
        #expect(driver.state.help == nil)
    }

    @Test("Commands name a view and compare by number and fingerprint; Up finds them again by their beginning")
    func commands() {
        var driver = DashboardDriver(120, 36)
        func command(_ text: String) {
            driver.press(.character(":"))
            driver.type(text)
            driver.press(.enter)
        }
        command("view changes")
        #expect(driver.state.view == .changes)
        command("diff 1199 1190")
        #expect(driver.state.place == .comparison(ComparisonName(left: .event(1199), right: .event(1190))))
        command("diff 9f3a 091a2b3c")
        guard case .comparison(let name)? = driver.state.place, case .certificate(let left) = name.left else {
            Issue.record("nothing is compared")
            return
        }
        #expect(left.lookup == "9f3a")
        command("diff 1 zz")
        #expect(driver.text.contains("the starts of two fingerprints"))
        driver.press(.character(":"))
        driver.type("view")
        driver.press(.up)
        #expect(driver.state.prompt?.editor.text == "view changes")
        driver.press(.down)
        #expect(driver.state.prompt?.editor.text == "view")
        driver.press(.control("u"))
        driver.type("1190")
        driver.press(.control("r"))
        #expect(driver.state.prompt?.editor.text == "diff 1199 1190", "Ctrl-R finds it anywhere in the line")
    }

    @Test("The right button offers what is related to the row under it")
    func rightButton() {
        var driver = DashboardDriver()
        driver.state.options.usesMouse = true
        driver.send(.mouse(MouseInput(deed: .otherPress, place: Point(x: 10, y: driver.state.layout.bodyTop + 3))))
        #expect(driver.state.menu?.kind == .related && driver.state.live.cursor.index == 2)
    }

    @Test(
        "The chart of what stops rises at each end, as high as its share, within its width",
        arguments: [40, 80, 120]
    )
    func forecastChart(_ width: Int) throws {
        let day: Int64 = 86_400_000
        let steps = [(2, 0.31), (11, 0.35), (27, 0.5)].map { ForecastChart.Step(remaining: $0.0 * day, share: $0.1) }
        let lines = ForecastChart.lines(steps, glyphs: .ascii, width: width)
        #expect(lines.count == ForecastChart.rows && lines.allSatisfy { $0.width <= width })
        let rows = lines.dropFirst().prefix(ForecastChart.height).map { $0.text.string.filter { $0 == "#" }.count }
        #expect(rows == rows.sorted() && rows[0] > 0, "higher shares come later")
        #expect(lines[1].text.string.hasPrefix(" 50.0%|"))
        #expect(lines[ForecastChart.rows - 1].text.string.contains("27d"))
        #expect(ForecastChart.lines([], glyphs: .ascii, width: width).isEmpty)
        #expect(ForecastChart.lines(steps, glyphs: .ascii, width: 20).isEmpty)
    }

    @Test("A source that says nothing for much longer than it usually does is silent")
    func silence() throws {
        let rows = FixtureAnswers.reporters
        let open = try #require(rows.first { $0.ended == nil && $0.lastEvent != nil })
        let last = try #require(open.lastEvent)
        #expect(!SourceActivity(open, now: last.advanced(byMilliseconds: 59_000)).isSilent)
        #expect(SourceActivity(open, now: last.advanced(byMilliseconds: 600_000)).isSilent)
        #expect(SourceActivity(open, now: last.advanced(byMilliseconds: 600_000)).word == "SILENT")
        let left = try #require(rows.first { $0.ended != nil })
        #expect(SourceActivity(left, now: last.advanced(byMilliseconds: 600_000)).word == "left")
    }
}
