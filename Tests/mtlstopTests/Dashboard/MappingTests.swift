import AuditStore
import SafeText
import Terminal
import Testing

@testable import mtlstop

@Suite("Keys can be changed, and mean one thing in each place")
struct MappingTests {
    @Test("Every key of the table is read back from the name that the help shows")
    func names() {
        for key in Set(Keymap.bindings.flatMap(\.keys)) {
            #expect(KeyName.key(Keymap.name(key).string) == key, "\(Keymap.name(key).string)")
        }
        #expect(KeyName.key("C-f") == .control("f") && KeyName.key("F12") == .function(12))
        for bad in ["", "ab", "^^", "^I", "F0", "F64", "\u{7}", "\u{202e}\u{202e}"] {
            #expect(KeyName.key(bad) == nil, "\(bad)")
        }
    }

    @Test("A mapped key works, the help shows it, and the old one still works")
    func mapped() throws {
        let file = try DashboardFile("# mine\nmap F7 why # as at work\n", path: "d")
        var driver = DashboardDriver(120, 36)
        driver.state.bindings = file.bindings
        driver.press(.down, .function(7))
        #expect(driver.state.place == .why(FixtureCast.events[1].id))
        driver.press(.escape, .character("w"))
        #expect(driver.state.place == .why(FixtureCast.events[1].id))
        driver.press(.escape)
        #expect(HelpPage.lines(for: driver.state).contains { $0.text.text.string.hasPrefix("F7 w") })
        #expect(driver.text.contains("F7 why"))
    }

    @Test("A key that is taken is refused with both meanings and the line, unless it is unmapped first")
    func conflicts() throws {
        let conflict = "set theme dark\n\nmap w filter\n"
        let failure = #expect(throws: Failure.self) { try DashboardFile(conflict, path: "/c/dashboard.conf") }
        #expect(failure?.status == .badInputData)
        #expect(failure?.why.hasPrefix("line 3: w would mean") == true)
        let file = try DashboardFile("unmap w\nmap w filter\nmap F7 why", path: "d")
        #expect(Keymap.action(for: .character("w"), in: [.live, .list], bindings: file.bindings) == .filter)
    }

    @Test(
        "A line that cannot be obeyed is named",
        arguments: [
            ("map w", 1), ("\nmap nokey why", 2), ("map x nothing", 1), ("unmap \u{1}", 1), ("shell rm", 1),
            ("set theme pink", 1), ("map x prompt-apply", 1), ("unmap Q\nunmap F10\nunmap ^C", 3), ("unmap :", 1),
        ]
    )
    func refused(_ text: String, _ line: Int) {
        let failure = #expect(throws: Failure.self) { try DashboardFile(text, path: "f") }
        #expect(failure?.why.hasPrefix("line \(line): ") == true, "\(failure?.why ?? "-")")
    }

    @Test(":map and :unmap hold at once; what cannot be is said and changes nothing")
    func whileRunning() {
        var driver = DashboardDriver(120, 36)
        func command(_ text: String) {
            driver.press(.character(":"))
            driver.type(text)
            driver.press(.enter)
        }
        command("map F7 view-certs")
        driver.press(.function(7))
        #expect(driver.state.view == .certs)
        command("map 1 help")
        #expect(driver.text.contains("1 would mean"))
        driver.press(.character("1"))
        #expect(driver.state.view == .live)
        command("unmap F7")
        driver.press(.function(7))
        #expect(driver.state.view == .live)
    }

    @Test("The standard table has no conflict, and options of the file are set")
    func standard() throws {
        #expect(KeyMapping().problem() == nil)
        let file = try DashboardFile("set mouse on\nset times local", path: "f")
        #expect(file.options.map(\.value) == ["on", "local"])
    }
}
