import AuditStore
import CertCore
import Glibc
import SafeText
import Synchronization
import Terminal
import Testing

@testable import mtlstop

@Suite("The dashboard reads a real database")
struct DatabaseTests {
    @Test("Walking down the stream visits every event of the database once, in order")
    func walkVisitsEverything() throws {
        let database = try SampleDatabase(seed: 11, events: 450, rejectedShare: 0.2)
        var driver = try database.driver()
        var seen: [Int64] = []
        for _ in 0..<450 {
            if let selected = driver.state.live.cursor.selected { seen.append(selected) }
            driver.press(.down)
        }
        #expect(seen == Array((1...450).reversed()))
        driver.press(.home, .end)
        #expect(driver.state.live.cursor.selected == 1)
        for _ in 0..<30 { driver.press(.pageUp) }
        #expect(driver.state.live.cursor.selected == 450)
    }

    @Test(
        "The levels of the rejections agree, however they are grouped: groups, who, events",
        arguments: RejectionGrouping.allCases
    )
    func rejectionLevelsAgree(_ grouping: RejectionGrouping) throws {
        let database = try SampleDatabase(seed: 12, events: 2000, rejectedShare: 0.15)
        let answerer = QuestionAnswerer(reader: try database.reader())
        guard
            case .rejections(let histogram) = try answerer.answer(
                .rejections(range: .all, filter: nil, grouping: grouping),
                now: database.now
            )
        else {
            Issue.record("the answer is of another kind")
            return
        }
        #expect(histogram.total > 100)
        #expect(histogram.groups.reduce(0) { $0 + $1.count } == histogram.total)
        for group in histogram.groups {
            let parties = try Self.parties(of: group.key, answerer, database.now)
            #expect(parties.reduce(0) { $0 + $1.count } == group.count, "\(group.title)")
            for party in parties where party.count <= 400 {
                let rows = try Self.events(of: party, group.key, answerer, database.now)
                if party.certificate != nil { #expect(Int64(rows.count) == party.count, "\(group.title)") }
                #expect(!rows.isEmpty, "\(group.title), \(party.ip ?? "-")")
            }
        }
    }

    private static func parties(
        of key: RejectionTrait,
        _ answerer: QuestionAnswerer,
        _ now: Timestamp
    ) throws -> [RejectedParty] {
        guard case .parties(let parties) = try answerer.answer(.parties(key, range: .all, filter: nil), now: now) else {
            return []
        }
        return parties
    }

    private static func events(
        of party: RejectedParty,
        _ key: RejectionTrait,
        _ answerer: QuestionAnswerer,
        _ now: Timestamp
    ) throws -> [EventRow] {
        let question = Question.partyEvents(key, PartyName(party), range: .all, filter: nil)
        guard case .partyEvents(let window) = try answerer.answer(question, now: now) else { return [] }
        return window.rows
    }

    @Test("Every certificate of the list opens")
    func everyCertificateOpens() throws {
        let database = try SampleDatabase(seed: 13, events: 600, rejectedShare: 0.1)
        var driver = try database.driver()
        driver.press(.character("3"))
        let list = try #require(driver.state.certificateList)
        #expect(list.count > 20)
        for usage in list {
            driver.press(.enter)
            #expect(driver.state.place == .certificate(usage.certificate.name))
            #expect(!driver.text.contains("not in the database"), "\(usage.certificate.name)")
            #expect(!driver.text.contains("reading the certificate"), "\(usage.certificate.name)")
            driver.press(.escape, .down)
        }
    }

    @Test("Commits of another process reach the screen; data paints at most ten frames a second; q ends it")
    func programFollowsCommits() throws {
        let database = try SampleDatabase(seed: 14, events: 50, rejectedShare: 0.1)
        let writer = try AuditWriter(path: database.path, now: database.now)
        let session = writer.beginSession(peer: PeerCredentials(pid: 1, uid: 1, gid: 1), now: database.now)
        let terminal = ScriptedTerminal(size: Size(columns: 80, rows: 24))
        var commits = 0
        terminal.script = { screen in
            if screen.contains("number-40") { return [.key(.character("q"))] }
            guard screen.contains("following"), commits < 40 else { return [] }
            commits += 1
            do {
                try SampleCommit.commit("number-\(commits)", writer, session, now: database.now)
            } catch {
                return [.endOfInput]
            }
            return []
        }
        var configuration = DashboardConfiguration(
            databasePath: database.path,
            socketPath: database.folder["none.sock"],
            collector: .absent
        )
        configuration.clock = Clock(frozen: database.now)
        let status = try DashboardProgram(configuration, terminal: terminal, wake: {}).run()
        #expect(status == 0)
        #expect(commits == 40)
        #expect(terminal.shown.contains("number-40"))
        let seconds = Double(Uptime.milliseconds() - terminal.began) / 1000
        #expect(Double(terminal.frames) <= seconds * 10 + 4, "\(terminal.frames) frames in \(seconds) s")
        try writer.close(now: database.now)
    }
}
