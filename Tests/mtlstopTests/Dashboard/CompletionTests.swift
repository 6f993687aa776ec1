import AuditStore
import SafeText
import Terminal
import Testing

@testable import mtlstop

@Suite("The filter line offers words and values")
struct CompletionTests {
    private let rows = FixtureCast.events

    private func texts(_ typed: String) -> [String] {
        FilterCompletion(typed, rows: rows).candidates.map(\.text)
    }

    @Test("Words are offered by their beginning, behind and, or, not and parentheses too")
    func words() {
        #expect(texts("outc") == ["outcome:"])
        #expect(texts("outcome:rej and (not ser") == ["serial:", "service:"])
        #expect(Set(texts("")).isSuperset(of: FilterWord.allCases.map { $0.name + ":" }))
        #expect(texts("nothing-like-it").isEmpty)
        #expect(texts(#"path:"a and outc"#).isEmpty, "inside quotes nothing is a word")
    }

    @Test("Values come from the rows with their counts, the most frequent first, in quotes where they must be")
    func values() throws {
        let found = FilterCompletion("outcome:rej and ip:", rows: rows)
        #expect(found.stem == "outcome:rej and ip:" && found.typed.isEmpty)
        let counts = found.candidates.compactMap(\.count)
        #expect(counts == counts.sorted(by: >) && counts.count == found.candidates.count)
        #expect(Int(counts.reduce(0, +)) == rows.count { $0.ip != nil })
        #expect(texts("cn:svc-b") == ["svc-billing"])
        #expect(texts("issuer:CN=Corp").allSatisfy { $0.hasPrefix("\"CN=Corp") && $0.hasSuffix("\"") })
        #expect(texts("outcome:") == ["ok", "rej"] || texts("outcome:") == ["rej", "ok"])
        #expect(texts("class:exp") == ["expired"])
        #expect(texts("is:").contains("marked") && texts("is:").contains("new"))
    }

    @Test("Every candidate makes a filter that is understood", arguments: FilterWord.allCases)
    func candidatesAreUnderstood(_ word: FilterWord) throws {
        for candidate in FilterCompletion("\(word.name):", rows: rows).candidates {
            var filter = FilterState()
            try filter.apply("\(word.name):\(candidate.text)", now: FixtureCast.now)
            #expect(filter.isActive)
        }
    }

    @Test("Tab completes as far as it is clear and then goes through the candidates, Shift-Tab back")
    func cycling() throws {
        var driver = DashboardDriver()
        driver.press(.character("/"))
        driver.type("outcome:rej and ip:")
        #expect(driver.text.contains("Tab completes; counts in"))
        let candidates = try #require(driver.state.completion).candidates.map(\.text)
        for candidate in candidates + [candidates[0]] {
            driver.press(.tab)
            #expect(driver.state.prompt?.editor.text == "outcome:rej and ip:\(candidate)")
        }
        driver.press(.backTab)
        #expect(driver.state.prompt?.editor.text == "outcome:rej and ip:\(candidates[candidates.count - 1])")
        driver.type(" ")
        #expect(driver.state.prompt?.cycle == nil)
        #expect(SoundScreen.faults(of: driver.screen).isEmpty)
        driver.press(.control("u"))
        driver.type("zzz")
        driver.press(.tab)
        #expect(driver.state.prompt?.editor.text == "zzz")
    }

    @Test("Hostile values are offered escaped, and taken as they are")
    func hostile() throws {
        var driver = DashboardDriver(120, 36)
        driver.press(.character("/"))
        driver.type("cn:evil")
        driver.press(.tab)
        let name = try #require(FixtureCast.hostile.commonName)
        #expect(driver.text.contains(#"evil\e[31m"#))
        #expect(driver.state.prompt?.editor.text.contains(name) == true)
        #expect(SoundScreen.faults(of: driver.screen).isEmpty)
    }
}
