import AuditEvents
import AuditStore
import CertCore
import SafeText
import Terminal
import TestSupport
import Testing

@testable import mtlstop

@Suite("Time ranges zoom, shift and jump")
struct TimeTests {
    private let now = FixtureCast.now
    private let hour: Int64 = 3_600_000

    private func at(_ milliseconds: Int64) -> Timestamp { now.advanced(byMilliseconds: milliseconds) }

    @Test("Zooming goes through the steps, around the selected event or at the same end")
    func zoom() {
        #expect(TimeRange.last(hour).zoomed(isCloser: true, around: nil, now: now) == .last(hour / 4))
        #expect(TimeRange.last(hour).zoomed(isCloser: false, around: nil, now: now) == .last(6 * hour))
        #expect(TimeRange.all.zoomed(isCloser: true, around: nil, now: now) == .last(30 * FixtureCast.day))
        #expect(TimeRange.last(30 * FixtureCast.day).zoomed(isCloser: false, around: nil, now: now) == .all)
        #expect(TimeRange.last(60_000).zoomed(isCloser: true, around: nil, now: now) == nil)
        let around = TimeRange.all.zoomed(isCloser: true, around: at(-hour), now: now)
        #expect(around == .between(at(-30 * FixtureCast.day), now), "never beyond now")
        let old = TimeRange.all.zoomed(isCloser: true, around: at(-40 * FixtureCast.day), now: now)
        #expect(old == .between(at(-55 * FixtureCast.day), at(-25 * FixtureCast.day)))
        let young = TimeRange.all.zoomed(isCloser: true, around: at(-5000), now: now, all: 2 * hour)
        #expect(young == .between(at(-hour), now), "all of a young log is not longer than the log")
        let closed = TimeRange.between(at(-2 * hour), at(-hour)).zoomed(isCloser: true, around: nil, now: now)
        #expect(closed == .between(at(-hour - 37 * 60_000 - 30_000), at(-hour - 22 * 60_000 - 30_000)))
    }

    @Test("Shifting moves a range by its length, and comes back to now")
    func shift() {
        let back = TimeRange.last(hour).shifted(isLater: false, now: now)
        #expect(back == .between(at(-2 * hour), at(-hour)))
        #expect(back?.shifted(isLater: true, now: now) == .last(hour))
        #expect(TimeRange.last(hour).shifted(isLater: true, now: now) == nil)
        #expect(TimeRange.all.shifted(isLater: false, now: now) == nil)
    }

    @Test("Times and ranges are read as people type them, in the zone that is shown")
    func typed() {
        let times = TimeWriter(style: .utc, now: now, localOffset: { _ in 7200 })
        let today = TimeStyle.dateText(now.civil).string
        let one = Timestamp(rfc3339: "\(today)T13:05:00Z")
        #expect(TypedTime.time("13:05", times: times) == one)
        #expect(TypedTime.time(" \(today) 13:05 ", times: times) == one)
        #expect(TypedTime.time("\(today)T13:05:00Z", times: times) == one)
        #expect(TypedTime.time("90m", times: times) == at(-90 * 60_000))
        var local = times
        local.style = .local
        #expect(TypedTime.time("13:05", times: local) == one?.advanced(byMilliseconds: -2 * hour))
        #expect(TypedTime.time("\(today)T13:05:00Z", times: local) == one)
        #expect(TypedTime.range("all", times: times) == .all)
        #expect(TypedTime.range("6h", times: times) == .last(6 * hour))
        #expect(TypedTime.range("2h .. 1h", times: times) == .between(at(-2 * hour), at(-hour)))
        #expect(TypedTime.range("2h ..", times: times) == .since(at(-2 * hour)))
        for bad in ["", "25:00", "soon", "1h .. 2h", "..", "2026-13-01", "0s"] {
            #expect(TypedTime.range(bad, times: times) == nil, "\(bad)")
        }
    }

    @Test("t, z, Z, comma and dot change the range of the view, and line 3 says it")
    func keys() {
        var driver = DashboardDriver(120, 36)
        driver.press(.character("2"), .character(","))
        #expect(driver.state.rejectionRange == .between(at(-48 * hour), at(-24 * hour)))
        #expect(driver.text.contains("range: 20"))
        driver.press(.character("."))
        #expect(driver.state.rejectionRange == .last(24 * hour))
        driver.press(.character("z"))
        #expect(driver.text.contains("range: last 6h"))
        driver.press(.character("3"), .character("t"), .up, .up, .up, .up, .enter)
        #expect(driver.state.certificateRange == .last(hour))
        #expect(driver.text.contains("used: last 1h"))
        driver.press(.character("4"), .character("Z"))
        #expect(driver.text.contains("within: 90d"))
        driver.press(.character("6"), .character("z"))
        #expect(driver.state.changesWithin == hour)
    }

    @Test("Zooming in Live keeps the selected event in the middle of the range")
    func zoomKeepsTheEvent() {
        var driver = DashboardDriver(120, 36)
        driver.press(.down, .down, .down)
        let selected = driver.state.selectedEvent
        driver.press(.character("z"), .character("z"), .character("z"))
        #expect(driver.state.selectedEvent?.id == selected?.id)
        guard case .between(let start, let end) = driver.state.liveRange, let time = selected?.time else {
            Issue.record("\(driver.state.liveRange)")
            return
        }
        #expect(start < time && time < end)
    }

    @Test("goto selects the newest event at or before a time, or an event by its number")
    func goTo() {
        var driver = DashboardDriver(120, 36)
        let wanted = FixtureCast.events[9]
        driver.press(.character(":"))
        driver.type("goto \(wanted.time.rfc3339)")
        driver.press(.enter)
        let expected = FixtureCast.events.first { $0.time <= wanted.time }
        #expect(driver.state.live.cursor.selected == expected?.id)
        #expect(!driver.state.live.isFollowing)
        driver.press(.character(":"))
        driver.type("goto \(FixtureCast.events[4].id)")
        driver.press(.enter)
        #expect(driver.state.live.cursor.selected == FixtureCast.events[4].id)
        driver.press(.character(":"))
        driver.type("goto tomorrow")
        driver.press(.enter)
        #expect(driver.text.contains("goto: write a time"))
    }

    @Test("Braces go from rejection to rejection, and say when there is no further one")
    func rejections() {
        var driver = DashboardDriver(120, 36)
        let rejected = FixtureCast.events.filter { $0.outcome == .rejected }.map(\.id)
        var seen: [Int64] = []
        for _ in 0..<3 {
            driver.press(.character("}"))
            if let selected = driver.state.live.cursor.selected { seen.append(selected) }
        }
        let below = rejected.filter { $0 < 1200 }
        #expect(seen == Array(below.prefix(3)))
        driver.press(.character("{"))
        #expect(driver.state.live.cursor.selected == below[1])
        driver.press(.end)
        for _ in 0..<100 { driver.press(.character("}")) }
        #expect(driver.text.contains("no further rejection"))
    }

    @Test("On a real database goto and the braces find what a look at every event finds")
    func agreesWithTheDatabase() throws {
        let database = try SampleDatabase(seed: 21, events: 900, rejectedShare: 0.02)
        let reader = try database.reader()
        let all = try reader.events(EventQuery(limit: 900)).rows
        var driver = try database.driver()
        var random = SeededGenerator(seed: 5)
        for _ in 0..<12 {
            guard let row = all.randomElement(using: &random) else { return }
            driver.state.goTo(row.time.rfc3339)
            driver.send(.dataChanged)
            #expect(driver.state.live.cursor.selected == all.first { $0.time <= row.time }?.id, "seed 5")
            guard let selected = driver.state.live.cursor.selected else { continue }
            driver.press(.character("}"))
            let next = all.first { $0.id < selected && $0.outcome == .rejected }
            #expect(driver.state.live.cursor.selected == next?.id ?? selected, "seed 5")
        }
    }
}
