import AuditStore
import CertCore
import SafeText
import Terminal
import Testing

@testable import mtlstop

@Suite("Rows are compared, and SQL is asked, from the dashboard")
struct ComparingTests {
    private func driver(_ keys: Key...) -> DashboardDriver {
        var driver = DashboardDriver(120, 36)
        for key in keys { driver.press(key) }
        return driver
    }

    @Test("D compares a certificate with its renewal, what differs before what is the same")
    func renewal() {
        var driver = driver(.character("3"), .character("D"))
        #expect(
            driver.state.place
                == .comparison(ComparisonName(left: .certificate(FixtureCast.billing.name), right: nil))
        )
        let lines = driver.state.document.lines.map(\.text.text.string)
        let different = lines.firstIndex { $0.contains("differences") } ?? lines.count
        let same = lines.firstIndex { $0 == "the same" } ?? 0
        #expect(different < same)
        #expect(lines[different..<same].contains { $0.contains("- CN=svc-billing") })
        #expect(lines[different..<same].contains { $0.contains("+ CN=svc-orders") })
        #expect(lines[same...].contains { $0.hasPrefix("issuer") })
        driver.press(.escape)
        #expect(driver.state.places.isEmpty)
    }

    @Test("Two marked rows of a kind are compared with each other")
    func twoMarked() {
        let driver = driver(.character("m"), .character("m"), .character("D"))
        let marked = driver.state.marks.rows
        #expect(driver.state.place == .comparison(ComparisonName(left: marked[0], right: marked[1])))
        #expect(driver.text.contains("- ok") && driver.text.contains("+ REJECTED"))
    }

    @Test("A real database knows the renewal: the same subject, issued later")
    func renewalInDatabase() throws {
        let database = try SampleDatabase(seed: 61, events: 400, rejectedShare: 0.1)
        let answerer = QuestionAnswerer(reader: try database.reader())
        let list = try database.reader().certificates(CertificateQuery(order: .lastSeen, limit: 100))
        for usage in list {
            let name = ComparisonName(left: .certificate(usage.certificate.name), right: nil)
            let comparison = try answerer.comparison(name, now: database.now)
            guard case .certificate(let renewal) = comparison.right else { continue }
            let found = renewal.record.usage.certificate
            #expect(found.subject == usage.certificate.subject && found.id != usage.certificate.id)
            #expect((found.notBefore?.milliseconds ?? 0) > (usage.certificate.notBefore?.milliseconds ?? 0))
        }
        #expect(list.count > 10)
    }

    @Test("; asks one SELECT and shows its rows made safe; Up finds it again")
    func sql() {
        var driver = driver(.character(";"))
        driver.type("SELECT 1")
        driver.press(.enter)
        #expect(driver.text.contains("2 rows in 12 ms, cut: there are more"))
        #expect(driver.text.contains(#"evil\e[31m\u{202e}"#) && driver.text.contains("812 bytes"))
        driver.press(.character(";"), .up)
        #expect(driver.state.prompt?.editor.text == "SELECT 1")
        driver.press(.down, .escape, .escape)
        #expect(driver.state.places.isEmpty)
    }

    @Test("A statement that cannot be read comes back with the place of the error; ^G stops one that runs")
    func sqlErrors() {
        var driver = driver(.character(";"))
        driver.answer = { question in
            guard case .sql = question else { return FixtureAnswers.answer(question) }
            return .sql(.failed(SQLError(column: 8, message: "no such column: x\u{1B}")))
        }
        driver.type("SELECT x")
        driver.press(.enter)
        #expect(driver.state.prompt?.editor.text == "SELECT x" && driver.state.places.isEmpty)
        #expect(driver.text.contains(#"column 8: no such column: x\e"#))
        driver.answersAtOnce = false
        driver.press(.enter)
        #expect(driver.text.contains("^G stops it"))
        driver.press(.control("g"))
        #expect(driver.effects.last == .cancel(.sql) && driver.state.places.isEmpty)
    }
}
