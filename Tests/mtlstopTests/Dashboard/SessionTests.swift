import AuditEvents
import AuditStore
import CertCore
import Glibc
import SafeText
import Terminal
import TestSupport
import Testing

@testable import mtlstop

@Suite("A dashboard goes on where the last one ended")
struct SessionTests {
    private let now = FixtureCast.now

    private func changed() -> DashboardState {
        var driver = DashboardDriver(120, 36)
        driver.press(.character("/"))
        driver.type("outcome:rej")
        driver.press(
            .enter,
            .character("2"),
            .character("z"),
            .character(","),
            .character("3"),
            .character(">"),
            .character("c"),
            .enter
        )
        driver.press(.character(">"), .escape)
        driver.state.grouping = .issuer
        _ = driver.state.set(.theme, to: "dark")
        driver.press(.character("6"))
        return driver.state
    }

    @Test("A session is written and read without a change, by its owner alone")
    func roundTrip() throws {
        let folder = try TestFolder()
        let file = SessionFile(path: folder["state/mtlstop/session.json"])
        let state = changed()
        try file.write(state.session)
        guard case .session(let read) = file.read(database: state.databasePath, now: now) else {
            Issue.record("no session")
            return
        }
        #expect(read == state.session)
        var information = stat()
        #expect(stat(file.path, &information) == 0 && information.st_mode & 0o777 == 0o600)
        var fresh = DashboardDriver(120, 36).state
        fresh.restore(read)
        #expect(fresh.rejectionRange == state.rejectionRange && fresh.options == state.options)
        #expect(fresh.grouping == .issuer)
        #expect(fresh.orders == state.orders && fresh.columnChoices == state.columnChoices)
        #expect(fresh.lastLook == nil, "a look that is not in the past is none")
        guard case .nothing = file.read(database: "/other.db", now: now) else {
            Issue.record("another database took the session over")
            return
        }
    }

    @Test("A session without a filter is one too")
    func noFilter() {
        let session = DashboardDriver().state.session
        #expect(SavedSession(json: session.json, now: now) == session)
    }

    @Test("Hostile, cut or foreign content is left out and told of, and never traps", arguments: 0..<8)
    func hostile(_ round: Int) throws {
        let folder = try TestFolder()
        let good = changed().session.json
        let seed = UInt64(round) &+ 3
        var random = SeededGenerator(seed: seed)
        for _ in 0..<60 {
            var bytes = good
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: .min ... .max, using: &random)
            }
            if Bool.random(using: &random) { bytes.removeLast(Int.random(in: 1...bytes.count, using: &random)) }
            let read = SavedSession(json: bytes, now: now)
            if let read {
                var state = DashboardDriver().state
                state.restore(read)
                #expect(DashboardView.render(state).cells.count == 80 * 24, "seed \(seed)")
            }
        }
        for text in ["", "[]", "{\"session\":2}", String(repeating: "[", count: 5000), "\u{0}"] {
            let path = try folder.write(Array(text.utf8), to: "s.json")
            guard case .unusable = SessionFile(path: path).read(database: "/d", now: now) else {
                Issue.record("\(text.prefix(20)) was taken")
                continue
            }
        }
    }

    @Test("A link, a folder or a far too large file in its place is refused")
    func noFile() throws {
        let folder = try TestFolder()
        guard case .unusable = SessionFile(path: folder.path).read(database: "/d", now: now) else {
            Issue.record("a folder was read")
            return
        }
        let path = try folder.write([UInt8](repeating: 0x20, count: 70_000), to: "large.json")
        guard case .unusable = SessionFile(path: path).read(database: "/d", now: now) else {
            Issue.record("70 kB were read")
            return
        }
    }

    @Test("What came since the last look is told in Live and Changes until m marks it as read")
    func news() {
        var driver = DashboardDriver(120, 36)
        driver.state.lastLook = now.advanced(byMilliseconds: -20 * 3_600_000)
        driver.send(.dataChanged)
        #expect(driver.text.contains("since you last looked"))
        #expect(driver.text.contains("12.5k events 101 rejected  2 new certificates  1 new reason"))
        driver.press(.character("6"))
        #expect(driver.text.contains("since you last looked"))
        driver.press(.character("t"), .end)
        #expect(driver.text.contains("since you last looked"))
        driver.press(.escape, .character("m"))
        #expect(!driver.text.contains("since you last looked") && driver.state.lastLook == nil)
    }

    @Test("The news agree with a look at every event")
    func newsAgree() throws {
        let database = try SampleDatabase(seed: 31, events: 700, rejectedShare: 0.1)
        let reader = try database.reader()
        let since = database.now.advanced(byMilliseconds: -1_800_000)
        let rows = try reader.events(EventQuery(since: since, limit: 1000)).rows
        guard case .news(let news) = try QuestionAnswerer(reader: reader).answer(.news(since: since), now: database.now)
        else {
            Issue.record("the answer is of another kind")
            return
        }
        #expect(news.events == Int64(rows.count) && rows.count > 50)
        #expect(news.rejected == Int64(rows.count { $0.outcome == .rejected }))
    }
}
