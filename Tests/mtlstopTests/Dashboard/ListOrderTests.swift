import AuditStore
import CertCore
import SafeText
import Terminal
import Testing

@testable import mtlstop

@Suite("Lists stand in the order, and show the columns, that somebody chose")
struct ListOrderTests {
    private func titles(_ driver: DashboardDriver, _ row: Int = 3) -> String {
        driver.screen.rowText(row, trimmed: true)
    }

    @Test(
        "s offers the orders of each list, Enter takes one, S turns it round, < and > go along",
        arguments: ListName.allCases
    )
    func menu(_ list: ListName) {
        let keys: [ListName: [Key]] = [
            .reasons: [.character("2")], .parties: [.character("2"), .tab], .certs: [.character("3")],
            .expiring: [.character("4")], .sources: [.character("5")],
        ]
        var driver = DashboardDriver(120, 36)
        guard let way = keys[list] else {
            driver.press(.character("S"))
            #expect(driver.state.menu == nil && driver.screen.rowText(34, trimmed: true).contains("by time"))
            return
        }
        for key in way { driver.press(key) }
        driver.press(.character("s"), .down, .enter)
        #expect(driver.state.menu == nil)
        let second = ListOrder(key: list.sortKeys[1])
        #expect(driver.state.isAtFirst(of: list))
        #expect(driver.state.order(of: list) == second)
        #expect(driver.state.wanted.contains { $0.order == second }, "the database is asked in this order")
        driver.press(.character("S"))
        #expect(driver.state.order(of: list) == ListOrder(key: list.sortKeys[1], isReversed: true))
        for _ in list.sortKeys { driver.press(.character(">")) }
        #expect(driver.state.order(of: list).key == list.sortKeys[1])
        driver.press(.character("<"))
        #expect(driver.state.order(of: list).key == list.sortKeys[0])
    }

    @Test("A press on a title orders by it, a second one turns the order round")
    func titlesSort() {
        var driver = DashboardDriver(120, 36)
        driver.state.options.usesMouse = true
        driver.press(.character("5"))
        let events = titles(driver).firstRange(of: "EVENTS")
        let column = events.map { titles(driver).distance(from: titles(driver).startIndex, to: $0.lowerBound) } ?? 0
        for isReversed in [false, true] {
            driver.send(.mouse(MouseInput(deed: .press, place: Point(x: column, y: 3))))
            #expect(driver.state.order(of: .sources) == ListOrder(key: .events, isReversed: isReversed))
        }
        #expect(driver.screen.rowText(2, trimmed: true).hasSuffix("order: events, reversed"))
    }

    @Test(":sort takes a key by its name and tells which there are")
    func command() {
        var driver = DashboardDriver(120, 36)
        driver.press(.character("3"), .character(":"))
        driver.type("sort expiry")
        driver.press(.enter)
        #expect(driver.state.order(of: .certs).key == .expiry)
        driver.press(.character(":"))
        driver.type("sort colour")
        driver.press(.enter)
        #expect(driver.screen.rowText(34, trimmed: true).contains("last-use, expiry, subject, uses"))
    }

    @Test("c hides a column, moves one, never takes the last, and the choice lives on in the session")
    func columns() {
        var driver = DashboardDriver(120, 36)
        driver.press(.character("3"), .character("c"))
        let all = driver.state.columnTitles(of: .certs)
        driver.press(.down, .enter)
        #expect(!titles(driver).contains("ISSUER") && driver.state.menu?.index == 1)
        driver.press(.up, .character(">"), .character(">"), .escape)
        let moved = titles(driver)
        let places = ["SHA-256", "SUBJECT"].compactMap { moved.firstRange(of: $0)?.lowerBound }
        #expect(places.count == 2 && places[0] < places[1])
        var other = DashboardDriver(120, 36)
        other.state.restore(driver.state.session)
        other.press(.character("3"))
        #expect(titles(other) == moved)
        driver.press(.character("c"))
        for index in all.indices {
            driver.state.menu?.index = index
            driver.press(.enter)
        }
        #expect(driver.state.columnChoices[.certs]?.hidden.isSuperset(of: all) == false)
    }

    @Test("Every order of every list holds on the worker, and reversed is the same rows from the other end")
    func worker() throws {
        let database = try SampleDatabase(seed: 7, events: 2000, rejectedShare: 0.2)
        let answerer = QuestionAnswerer(reader: try database.reader())
        for list in ListName.allCases {
            for key in list.sortKeys {
                let forth = try rows(list, ListOrder(key: key), answerer, database.now)
                let back = try rows(list, ListOrder(key: key, isReversed: true), answerer, database.now)
                #expect(forth == back.reversed(), "\(list) by \(key)")
                #expect(!forth.isEmpty)
            }
        }
    }

    private func rows(
        _ list: ListName,
        _ order: ListOrder,
        _ answerer: QuestionAnswerer,
        _ now: Timestamp
    ) throws -> [String] {
        let question: Question =
            switch list {
            case .reasons: .rejections(range: .all, filter: nil, order: order)
            case .certs: .certificates(order, filter: nil, range: .all)
            case .expiring: .expiring(within: 400 * 86_400_000, filter: nil, order: order)
            case .sources: .reporters(order: order)
            case .parties: .parties(try group(answerer, now), range: .all, filter: nil, order: order)
            case .live, .partyEvents: .status
            }
        switch try answerer.answer(question, now: now) {
        case .rejections(let histogram): return histogram.groups.map(\.title)
        case .certificates(let list): return list.map { "\($0.certificate.id)" }
        case .expiring(let list): return list.map { "\($0.id)" }
        case .reporters(let list): return list.map { "\($0.id)" }
        case .parties(let list): return list.map { "\(PartyName($0))" }
        default: return []
        }
    }

    private func group(_ answerer: QuestionAnswerer, _ now: Timestamp) throws -> RejectionTrait {
        let answer = try answerer.answer(.rejections(range: .all, filter: nil), now: now)
        guard case .rejections(let histogram) = answer else { throw Absent() }
        return try #require(histogram.groups.first).key
    }

    private struct Absent: Error {}
}

extension DashboardState {
    /// Whether the first row of a list is the selected one.
    fileprivate func isAtFirst(of list: ListName) -> Bool {
        switch list {
        case .reasons: groupCursor.index == 0
        case .parties: partyCursor.index == 0
        case .certs: certificateCursor.index == 0
        case .expiring: expiringCursor.index == 0
        case .sources: reporterCursor.index == 0
        case .live, .partyEvents: false
        }
    }
}
