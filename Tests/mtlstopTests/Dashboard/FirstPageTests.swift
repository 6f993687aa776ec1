import SafeText
import Terminal
import Testing

@testable import mtlstop

@Suite("The first page, a lost collector, help about a word, and the plain screen")
struct FirstPageTests {
    private func firstPage() -> DashboardDriver {
        var driver = DashboardDriver(80, 24, collector: .inside)
        driver.state.book = AnswerBook()
        driver.answer = EmptyAnswers.answer
        driver.send(.dataChanged)
        return driver
    }

    @Test("T sends a test event, y copies the hook, h shows how to connect, D leaves for the demo")
    func firstPageKeys() {
        var driver = firstPage()
        driver.press(.character("T"))
        #expect(driver.effects.last == .sendTest)
        driver.press(.character("y"))
        guard case .copy(let lines)? = driver.effects.last else {
            Issue.record("nothing was copied")
            return
        }
        #expect(lines.contains { $0.string.contains("auditHooks('/run/mtlstop/ingest.sock')") })
        driver.press(.character("h"))
        #expect(driver.text.contains("how to connect") && driver.text.contains("auditHooks"))
        driver.press(.escape)
        #expect(driver.text.contains("Welcome to mtlstop"))
        driver.press(.character("D"))
        #expect(driver.effects.last == .quit(DashboardProgram.startsDemo))
    }

    @Test("T still turns the times where there are rows")
    func times() {
        var driver = DashboardDriver()
        driver.press(.character("T"))
        #expect(driver.state.timeStyle == .local)
    }

    @Test("A collector that goes opens a box; Esc hides it, i shows it, r looks at once, and its return closes it")
    func collectorBox() {
        var driver = DashboardDriver()
        driver.send(.health(Health(collector: .down(pid: 812, since: FixtureCast.now), database: .open)))
        #expect(driver.text.contains("process 812 has ended") && driver.text.contains("mtlstop collect"))
        driver.press(.escape)
        #expect(!driver.text.contains("process 812 has ended"))
        driver.press(.character("i"))
        #expect(driver.text.contains("process 812 has ended"))
        driver.press(.character("r"))
        #expect(driver.effects.last == .retry)
        driver.send(.health(Health(collector: .outside(pid: 900), database: .open)))
        #expect(!driver.state.showsCollectorBox)
        driver.press(.character("r"))
        #expect(driver.effects.count { $0 == .retry } == 1, "r means nothing while a collector runs")
    }

    @Test("help WORD lists what holds the word, and says when nothing does")
    func helpAboutAWord() {
        var driver = DashboardDriver(120, 36)
        driver.press(.character(":"))
        driver.type("help fingerprint")
        driver.press(.enter)
        #expect(driver.text.contains("fp:9f3a"))
        driver.press(.escape, .character(":"))
        driver.type("help xyzzy")
        driver.press(.enter)
        #expect(driver.text.contains("nothing about xyzzy"))
    }

    @Test("The plain screen has no lines and frames, and every word of the other")
    func plain() {
        for glyphs in [GlyphSet.unicode, .ascii] {
            var driver = DashboardDriver(120, 36, glyphs: glyphs)
            driver.press(.down)
            let framed = Set(driver.text.split { $0 == " " || $0 == "\n" }.map(String.init))
            driver.press(.control("p"))
            let isLined = driver.text.contains("---") || driver.text.contains("\u{2500}")
            #expect(!isLined)
            let plain = Set(driver.text.split { $0 == " " || $0 == "\n" }.map(String.init))
            #expect(framed.subtracting(plain).allSatisfy { word in word.allSatisfy { "-\u{2500}".contains($0) } })
            driver.press(.control("p"))
            #expect(!driver.state.isPlain)
        }
    }

    @Test("The line mode opens, goes back, chooses from menus and takes every name, without control sequences")
    func lineMode() throws {
        let folder = try TestFolder()
        let collector = try CollectorProcess(in: folder)
        let event =
            #"{"event":"authenticated","cn":"evil\u001b[31m\\e","ip":"192.0.2.8"}"# + "\n"
            + #"{"event":"rejected","reason":"header_missing_or_malformed","ip":"192.0.2.7","path":"/jobs"}"# + "\n"
        let input = try folder.write(Array(event.utf8), to: "events.ndjson")
        let sender = try ChildProcess(["send", "--socket", collector.socket], in: folder, label: "send", input: input)
        #expect(try sender.wait() == 0)
        let lines = [
            "open 1", "back", "row 1", "range", "1", "range all", "? fingerprint", "goto 2", "set times relative",
            "keep", "1", "/", "3", "6",
            "shell", "", "q",
        ]
        let commands = try folder.write(Array(lines.joined(separator: "\n").utf8), to: "commands")
        let watch = try ChildProcess(
            ["watch", "--accessible", "--db", collector.database, "--socket", collector.socket],
            in: folder,
            label: "watch",
            input: commands
        )
        #expect(try watch.wait() == 0, "\(watch.errors)")
        for text in ["REJECTED: ", "/jobs", "1 last 15m", "fp:9f3a", "unknown command: shell", "1 address: 192.0.2.7"] {
            #expect(watch.output.contains(text), "\(text)")
        }
        #expect(!watch.output.contains("\u{1B}"))
        #expect(watch.output.contains(#" evil\e[31m\\e "#), "escapes are written once: \(watch.output)")
        #expect(try collector.terminate() == 0)
    }
}
