import AuditEvents
import AuditStore
import CertCore
import SafeText
import Terminal
import Testing

@testable import mtlstop

@Suite("Menus and the command line")
struct MenuTests {
    private func driver(_ keys: Key...) -> DashboardDriver {
        var driver = DashboardDriver(120, 36)
        for key in keys { driver.press(key) }
        return driver
    }

    @Test("= keeps a value of the selected row, - drops one, and both join the filter that is there")
    func keepAndDrop() {
        var driver = driver(.down, .character("="), .enter)
        let digest = FixtureCast.batch.lookup ?? ""
        #expect(driver.state.filter.text == "fp=\"\(digest)\"")
        driver.state.filter = FilterState()
        driver.press(.character("/"))
        driver.type("outcome:rej or class:policy")
        driver.press(.enter, .character("-"), .down, .down, .enter)
        #expect(
            driver.state.filter.text
                == #"(outcome:rej or class:policy) and not issuer="CN=Corp Intermediate 1,O=Example Corp""#
        )
    }

    @Test("o shows the events of a value alone, in Live")
    func related() {
        var driver = driver(.character("3"), .character("o"), .down, .enter)
        #expect(driver.state.view == .live && driver.state.places.isEmpty)
        #expect(driver.state.filter.text == #"cn="svc-billing""#)
        driver.press(.character("u"))
        #expect(driver.state.filter.text.isEmpty)
    }

    @Test("y sends a value to the clipboard, made safe, and claims no more than that it was sent")
    func copy() {
        var driver = driver(.character("3"), .character("y"), .enter)
        let digest = FixtureCast.billing.sha256?.hex ?? ""
        #expect(driver.effects.last == .copy([SafeText(digest)]))
        #expect(driver.text.contains("sent to the terminal's clipboard"))
        driver = self.driver(.down, .down, .down, .down, .down, .down, .down, .character("y"))
        let copies = driver.state.menuChoices.map(\.value.string)
        #expect(copies.contains { $0.contains(#"\e[31m"#) })
        #expect(copies.allSatisfy { $0.unicodeScalars.allSatisfy { $0.value >= 0x20 } })
    }

    @Test("A number takes its choice; a menu about a row keeps that row's values while the list goes on")
    func numbers() throws {
        var driver = driver(.down, .character("="))
        let choices = driver.state.menuChoices
        driver.state.follow()
        driver.send(.dataChanged)
        #expect(driver.state.menuChoices == choices && driver.state.selectedEvent?.id != 1199)
        driver.press(.character("4"))
        #expect(driver.state.menu == nil)
        #expect(driver.state.filter.text == #"ip="10.4.9.3""#)
        driver.press(.character("t"), .character("9"))
        #expect(driver.state.menu != nil, "a number without a choice does nothing")
    }

    @Test("w explains the last rejection of a certificate, and the newest of a reason or a party")
    func whyElsewhere() throws {
        var driver = driver(.character("3"), .enter)
        driver.press(.character("w"))
        let name = try #require(driver.state.places.first)
        guard case .certificate(let certificate) = name else {
            Issue.record("no certificate is open")
            return
        }
        if let rejection = driver.state.dossier(certificate).flatMap({ $0 })?.record.lastRejection {
            #expect(driver.state.place == .why(rejection.id))
        } else {
            #expect(driver.text.contains("no rejection of it is recorded"))
        }
        let database = try SampleDatabase(seed: 41, events: 400, rejectedShare: 0.3)
        var real = try database.driver()
        real.press(.character("2"), .character("w"))
        let group = try #require(real.state.selectedGroup)
        #expect(real.state.place == .why(group.lastEvent) && real.state.event(group.lastEvent)?.outcome == .rejected)
        real.press(.escape, .enter, .character("w"))
        let party = try #require(real.state.selectedParty)
        #expect(real.state.place == .why(party.lastEvent))
    }

    @Test("A menu without a selected row says so and does not open")
    func nothingSelected() {
        var driver = DashboardDriver(120, 36)
        driver.answer = EmptyAnswers.answer
        driver.press(.character("5"), .character("="))
        #expect(driver.state.menu == nil)
        #expect(driver.text.contains("nothing is selected here"))
    }

    @Test("Every action of the key table can be called by its name")
    func everyActionHasAName() {
        for action in CommandText.actions { #expect(CommandText(action.rawValue) == .action(action)) }
        #expect(Set(CommandText.names).count == CommandText.names.count)
    }

    @Test("Commands take values; what is no command is said and changes nothing")
    func commands() {
        var driver = driver(.character(":"))
        driver.type("filter outcome:rej")
        driver.press(.enter)
        #expect(driver.state.filter.text == "outcome:rej" && driver.state.prompt == nil)
        driver.press(.character(":"))
        driver.type("event 1199")
        driver.press(.enter)
        #expect(driver.state.place == .event(1199))
        driver.press(.character(":"))
        driver.type("shell rm")
        driver.press(.enter)
        #expect(driver.text.contains("no such command"))
        driver.press(.escape)
        #expect(driver.state.prompt == nil && driver.state.place == .event(1199))
        #expect(CommandText("q") == .action(.quit))
        for text in ["", "event x", "event -1", "certificate zz", "shell", "prompt-apply"] {
            #expect(CommandText(text) == nil, "\(text)")
        }
    }

    @Test("Tab completes commands and filter words as far as they are clear")
    func completion() {
        var driver = driver(.character(":"))
        driver.type("view-ch")
        driver.press(.tab, .enter)
        #expect(driver.state.view == .changes)
        driver.press(.character("1"), .character("/"))
        driver.type("outcome:rej and serv")
        driver.press(.tab)
        #expect(driver.state.prompt?.editor.text == "outcome:rej and service:")
        #expect(CommandText.completion(of: "view-", among: CommandText.names) == nil)
        #expect(CommandText.completion(of: "", among: CommandText.names) == nil)
    }

    @Test("Enter on a change opens what it is about")
    func openChange() {
        var driver = driver(.character("6"), .enter)
        #expect(driver.state.view == .rejections && driver.state.rejectionRange == .last(86_400_000))
        driver = self.driver(.character("6"), .down, .enter)
        #expect(driver.state.view == .certs)
        #expect(driver.state.filter.text == #"issuer="CN=Unknown Root,O=Example Corp""#)
        driver = self.driver(.character("6"), .down, .down, .enter)
        #expect(driver.state.place == .certificate(FixtureCast.hostile.name))
    }
}
