import AuditEvents
import AuditStore
import CertCore
import SafeText
import Terminal
import Testing

@testable import mtlstop

@Suite("Rejections are grouped by what somebody asks for")
struct GroupingTests {
    @Test("b offers five groups; the one taken names the column, the lists below follow it, and b changes it again")
    func menuGroups() throws {
        var driver = DashboardDriver()
        driver.press(.character("2"), .character("b"))
        #expect(driver.state.menuChoices.count == RejectionGrouping.allCases.count)
        #expect(driver.text.contains("group by") && driver.text.contains("* reason"))
        driver.press(.down, .enter)
        #expect(driver.state.grouping == .subject && driver.text.contains("by: subject"))
        let group = try #require(driver.state.selectedGroup)
        #expect(group.key == .value(.subject, group.key.value))
        driver.press(.enter)
        guard case .parties(let opened)? = driver.state.place else {
            Issue.record("nothing opened")
            return
        }
        #expect(opened.key == group.key)
        let parties = try #require(driver.state.parties)
        #expect(parties.allSatisfy { $0.certificate?.commonName == group.key.value } && !parties.isEmpty)
        #expect(driver.text.contains("WHY"))
        driver.press(.character("b"), .up, .enter)
        #expect(driver.state.grouping == .reason && driver.state.places.isEmpty)
    }

    @Test("A histogram of another grouping is never shown under the new title")
    func staleHistogramIsHidden() {
        var driver = DashboardDriver()
        driver.press(.character("2"))
        driver.answersAtOnce = false
        driver.press(.character("b"), .down, .down, .enter)
        #expect(driver.state.histogram == nil && driver.text.contains("counting the rejections"))
        driver.answerAll()
        #expect(driver.state.histogram?.groups.allSatisfy { $0.key.grouping == .ip } == true)
    }

    @Test("The command names a group, and says which there are", arguments: RejectionGrouping.allCases)
    func commandGroups(_ grouping: RejectionGrouping) throws {
        var driver = DashboardDriver()
        driver.press(.character(":"))
        driver.type("group \(grouping.rawValue)")
        driver.press(.enter)
        #expect(driver.state.view == .rejections && driver.state.grouping == grouping)
        driver.press(.character(":"))
        driver.type("group colour")
        driver.press(.enter)
        #expect(driver.text.contains("reason, subject, ip, service, issuer") && driver.state.grouping == grouping)
    }

    @Test("What varies in thrown messages is a sign that every terminal has, never an escape")
    func templateSign() {
        let title = RejectionGroupKey(rejectionClass: .policy, reason: "tenant 4711 is locked").title
        #expect(DashboardDriver(80, 24, glyphs: .ascii).state.title(title) == "tenant ... is locked")
        #expect(DashboardDriver(80, 24).state.title(title).string == title)
    }

    @Test("A reason opened from Changes is shown among the reasons, whatever was grouped by before")
    func changesGroupByReason() throws {
        var driver = DashboardDriver()
        driver.state.grouping = .ip
        driver.press(.character("6"))
        for _ in 0..<20 {
            if case .reason? = driver.state.selectedChange?.subject { break }
            driver.press(.down)
        }
        driver.press(.enter)
        #expect(driver.state.view == .rejections && driver.state.grouping == .reason)
    }

    @Test(
        "Keeping a group's value filters by it, and the export of a group names it",
        arguments: RejectionGrouping.allCases
    )
    func valuesFilter(_ grouping: RejectionGrouping) throws {
        let database = try SampleDatabase(seed: 31, events: 1500, rejectedShare: 0.2)
        let reader = try database.reader()
        let rows = try reader.events(EventQuery(limit: 2000)).rows.filter { $0.outcome == .rejected }
        for group in try reader.rejections(by: grouping, now: database.now).groups {
            let text = "outcome:rej and \(group.key.condition)"
            let filter = try AuditFilter(parsing: text, now: database.now)
            let found = try reader.events(EventQuery(filter: filter, limit: 2000)).rows
            #expect(Int64(found.count) == group.count, "\(text)")
            #expect(Set(found.map(\.id)).isSubset(of: Set(rows.map(\.id))), "\(text)")
        }
        var driver = try database.driver()
        driver.state.grouping = grouping
        driver.press(.character("2"))
        let condition = try #require(driver.state.shownGroup?.key.condition)
        #expect(driver.state.exportCondition(.this)?.contains(condition) == true)
    }
}

extension RejectionTrait {
    fileprivate var value: String? {
        if case .value(_, let value) = self { value } else { nil }
    }
}
