import AuditEvents
import AuditStore
import CertCore
import Glibc
import SafeText
import Terminal
import TestSupport
import Testing

@testable import mtlstop

@Suite("Rows are exported from where they are seen")
struct ExportTests {
    private func driver(_ keys: Key...) -> DashboardDriver {
        var driver = DashboardDriver(120, 36)
        for key in keys { driver.press(key) }
        return driver
    }

    private func plan(_ driver: DashboardDriver) -> ExportPlan? {
        for case .export(let plan, _, _) in driver.effects.reversed() { return plan }
        return nil
    }

    @Test("e offers the current filter and range, and ^S writes them")
    func currentFilter() {
        var driver = driver(.character("/"))
        driver.type("outcome:rej")
        driver.press(.enter, .character("t"), .enter, .character("e"))
        #expect(driver.text.contains("mtlstop report"))
        #expect(driver.text.contains("12,581 events"))
        driver.press(.control("s"))
        let plan = plan(driver)
        #expect(plan?.filterText == "outcome:rej" && plan?.format == .csv)
        #expect(plan?.since == driver.state.liveRange.start(now: driver.state.now))
        #expect(plan?.file == "mtlstop-events-20261123T140217Z.csv")
        driver.send(.export(.written(events: 3, bytes: 999), id: 1))
        #expect(driver.state.export == nil && driver.text.contains("3 events, 999 B, written"))
    }

    @Test("The scope can be the selected row, the marked rows, or everything")
    func scopes() {
        var driver = driver(.down, .character("e"), .character(" "))
        let selected = driver.state.selectedEvent?.id ?? 0
        #expect(driver.state.exportPlan?.filterText == "id=\(selected)")
        #expect(driver.state.exportPlan?.since == nil)
        driver.press(.character(" "))
        #expect(driver.state.export?.scope == .all && driver.state.exportPlan?.filter.isAll == true)
        _ = driver.state.marks.toggle(.event(7))
        _ = driver.state.marks.toggle(.event(9))
        driver.press(.left)
        #expect(driver.state.export?.scope == .marked)
        #expect(driver.state.exportPlan?.filterText == "id=7 or id=9")
    }

    @Test("The format changes the name until somebody types one, and documents offer their data beside them")
    func formats() {
        var driver = driver(.character("e"), .tab, .left)
        #expect(driver.state.export?.format == .ndjson)
        #expect(driver.state.export?.file.text.hasSuffix(".ndjson") == true)
        driver.press(.tab, .tab, .tab, .tab, .tab, .tab)
        driver.type("-mine q")
        driver.press(.backTab, .backTab, .backTab, .backTab, .backTab, .backTab, .left, .left, .left)
        #expect(driver.state.export?.format == .html)
        #expect(driver.state.export?.file.text.hasSuffix("Z.ndjson-mine q") == true)
        #expect(driver.state.export?.fields.contains(.data) == true)
        driver.press(.tab, .right)
        #expect(driver.state.exportPlan?.data == .csv)
        #expect(driver.state.exportShellLine.string.contains("--format html --data csv"))
        #expect(driver.state.exportShellLine.string.hasSuffix("-mine q'"))
    }

    @Test("What is hidden is in the shell line and in the plan, and documents hide nothing")
    func hiding() {
        var driver = driver(.character("e"), .tab, .tab, .tab, .character(" "), .tab, .tab, .tab, .character(" "))
        #expect(driver.text.contains("[x] ip ") && driver.text.contains("[ ] query"))
        #expect(driver.state.exportPlan?.hidden == [.ip, .dn])
        #expect(driver.state.exportShellLine.string.contains(" --hide ip --hide dn "))
        driver.press(.backTab, .backTab, .character(" "))
        #expect(driver.state.exportPlan?.hidden == [.ipHash, .dn], "an address is left out or replaced, not both")
        driver.state.export?.format = .html
        #expect(driver.state.exportPlan?.hidden == [] && !driver.text.contains("DN but CN"))
        #expect(driver.text.contains("a page for people"))
    }

    @Test("The preview and the file hold the first events without what is hidden, in every format")
    func previewAndFile() throws {
        let database = try SampleDatabase(seed: 32, events: 300, rejectedShare: 0.3)
        let hidden: Set<HiddenField> = [.ip, .query, .dn]
        let rows = try Self.rows(database)
        for format in ReportFormat.allCases where !format.isDocument {
            let plan = ExportPlan(
                filterText: "",
                filter: .all,
                range: .all,
                format: format,
                isRaw: false,
                hidden: hidden,
                file: database.folder["hidden-\(format.rawValue)"],
                created: database.now
            )
            let reader = try database.reader()
            let shown = try plan.preview.lines(reader, now: database.now).map(\.string).joined(separator: "\n")
            let runner = ExportRunner(databasePath: database.path, wake: {})
            guard case .written? = try end(runner, plan, 1) else {
                Issue.record("\(format) was not written")
                continue
            }
            let text = try #require(GoldenScreens.read(plan.file))
            for hiddenText in Set(rows.compactMap(\.ip)) {
                #expect(!text.contains(hiddenText) && !shown.contains(hiddenText), "\(format) \(hiddenText)")
            }
            for row in rows {
                let query = row.path.flatMap { $0.firstIndex(of: "?").map($0.suffix(from:)) }
                if let query { #expect(!text.contains(query), "\(format) \(query)") }
            }
            #expect(!shown.isEmpty && !text.contains("O=") && !shown.contains("O="), "\(format)")
            #expect(GoldenScreens.read(plan.file + ".manifest.json")?.contains("left out: client addresses") == true)
            runner.close()
        }
    }

    @Test(
        "Salted addresses are valid, one a client, and lead nowhere; the next export has others",
        arguments: [ReportFormat.ndjson, .ecs, .ocsf, .csv]
    )
    func saltedAddresses(_ format: ReportFormat) throws {
        let database = try SampleDatabase(seed: 33, events: 300, rejectedShare: 0.3)
        let rows = try Self.rows(database)
        let runner = ExportRunner(databasePath: database.path, wake: {})
        var found: [Set<String>] = []
        for round in 1...2 {
            let plan = ExportPlan(
                filterText: "",
                filter: .all,
                range: .all,
                format: format,
                isRaw: false,
                hidden: [.ipHash],
                file: database.folder["salted-\(round)"],
                created: database.now
            )
            guard case .written? = try end(runner, plan, round) else {
                Issue.record("nothing was written")
                return
            }
            let text = try #require(GoldenScreens.read(plan.file))
            for ip in Set(rows.compactMap(\.ip)) { #expect(!text.contains(ip), "\(ip)") }
            let parts = text.split { !($0.isHexDigit || $0 == ":") }.map(String.init)
            found.append(Set(parts.filter { $0.hasPrefix("fd") && $0.count { $0 == ":" } == 7 }))
            #expect(GoldenScreens.read(plan.file + ".manifest.json")?.contains("client addresses are replaced") == true)
        }
        #expect(found[0].count == Set(rows.compactMap(\.ip)).count && found[0].isDisjoint(with: found[1]))
        runner.close()
    }

    @Test("The selected row of an export is the one that was selected when the dialog opened")
    func exportKeepsItsRow() throws {
        var driver = driver(.down, .character("e"))
        let row = try #require(driver.state.exportCondition(.this))
        driver.state.follow()
        driver.send(.dataChanged)
        #expect(driver.state.selectedEvent.map { "id=\($0.id)" } != row)
        #expect(driver.state.exportCondition(.this) == row)
    }

    @Test("The filter of a group finds exactly its rejections, for random reasons of every class")
    func groupsAreExact() throws {
        let seed = UInt64.random(in: 0...(.max))
        var random = SeededGenerator(seed: seed)
        let folder = try TestFolder()
        try Self.fill(folder["audit.db"], 400, &random)
        let reader = try AuditReader(path: folder["audit.db"])
        let rows = try reader.events(EventQuery(limit: 1000)).rows
        let groups = try reader.rejections(now: .now()).groups
        #expect(groups.count > 5 && groups.reduce(0) { $0 + $1.count } == Int64(rows.count), "seed \(seed)")
        for group in groups {
            let text = "outcome:rej and \(group.key.condition)"
            let filter = try AuditFilter(parsing: text, now: .now())
            let found = try reader.events(EventQuery(filter: filter, limit: 1000)).rows
            let wanted = rows.filter { row in
                RejectionGroupKey(rejectionClass: row.rejectionClass ?? .other, reason: row.reason) == group.key.reason
            }
            #expect(found.map(\.id) == wanted.map(\.id), "seed \(seed): \(text)")
            #expect(Int64(found.count) == group.count, "seed \(seed): \(text)")
        }
    }

    private static func rows(_ database: SampleDatabase) throws -> [EventRow] {
        try database.reader().events(EventQuery(limit: 1000)).rows
    }

    /// Rejections with reasons that differ in numbers, quotes and case, and without any.
    private static func fill(_ path: String, _ count: Int, _ random: inout SeededGenerator) throws {
        let reasons = [
            "tenant 1 is locked", "tenant 22 is locked", "Tenant 3 is locked", #"no \"alice\" here"#,
            #"no \"bob\" here"#,
            "callback_returned_false", "header_missing_or_malformed", "verification_header_mismatch",
            "socket_not_authorized", "certificate_expired", "deadbeef01 is gone", "cafe0042 is gone", "*", "50% off",
            "certificate_not_retrievable", "",
        ]
        let now = Timestamp.now()
        let writer = try AuditWriter(path: path, now: now)
        let session = writer.beginSession(peer: PeerCredentials(pid: 1, uid: 1, gid: 1), now: now)
        var scanner = LineScanner()
        for number in 0..<count {
            let reason = reasons.randomElement(using: &random).map { #","reason":"\#($0)""# } ?? ""
            let tls = number % 3 == 0 ? #","tls":{"authorized":false,"authorizationError":"CERT_HAS_EXPIRED"}"# : ""
            let line = #"{"event":"rejected"\#(number % 7 == 0 ? "" : reason),"ip":"10.0.0.\#(number % 9)"\#(tls)}"#
            try Array(line.utf8).withUnsafeBytes { bytes in
                guard case .event(let event) = try scanner.scan(bytes) else { return }
                _ = try writer.append(event, session: session, producer: nil, received: now)
            }
        }
        writer.endSession(session, now: now)
        try writer.close(now: now)
    }

    @Test("A file that is there is replaced only when Enter says so")
    func asksBeforeReplacing() {
        var driver = driver(.character("e"), .control("s"))
        driver.send(.export(.exists("x.csv"), id: 1))
        #expect(driver.text.contains("Enter replaces it"))
        driver.press(.escape)
        #expect(driver.state.export?.asksToReplace == false)
        driver.press(.control("s"))
        driver.send(.export(.exists("x.csv"), id: 2))
        driver.press(.enter)
        guard case .export(_, true, 3)? = driver.effects.last else {
            Issue.record("\(driver.effects)")
            return
        }
    }

    @Test("^G stops a running export, and quitting asks once")
    func stopping() {
        var driver = driver(.character("e"), .control("s"))
        driver.send(.export(.progress(part: 0.42, events: 100), id: 1))
        driver.press(.escape)
        #expect(driver.text.contains("exporting 42%"))
        driver.press(.character("q"))
        #expect(!driver.effects.contains(.quit(0)))
        driver.press(.control("g"))
        #expect(driver.effects.last == .stopExport)
        driver.send(.export(.stopped, id: 1))
        #expect(driver.text.contains("nothing of it stays"))
        driver.press(.character("q"))
        #expect(driver.effects.last == .quit(0))
    }

    @Test("E repeats the last export into a new file, and news of an older export changes nothing")
    func again() {
        var driver = driver(.character("e"), .control("s"))
        driver.send(.export(.written(events: 1, bytes: 1), id: 1))
        driver.pass(61_000)
        driver.press(.character("E"))
        #expect(plan(driver)?.file == "mtlstop-events-20261123T140318Z.csv")
        driver.send(.export(.failed("late"), id: 1))
        #expect(driver.state.exportRun?.id == 2)
    }

    @Test("Shell words come back from a shell as they were, whatever they hold")
    func shellWords() throws {
        let words = ["plain", "", "it's", "a b", "$(rm)", "\u{1B}[2J", "\\n", "\u{202E}x", "é", "a\nb", "`id`", "*"]
        let folder = try TestFolder()
        for word in words {
            let line = ShellWord.quoted(word)
            #expect(line.string.unicodeScalars.allSatisfy { $0.value >= 0x20 })
            let child = try ChildProcess(
                ["-c", "printf %s \(line.string)"],
                in: folder,
                label: "shell",
                program: "/bin/bash"
            )
            #expect(try child.wait() == 0)
            #expect(child.output == word, "\(line.string)")
        }
    }

    @Test("The runner writes what the command would, asks before replacing, and stops without a trace")
    func runner() throws {
        let database = try SampleDatabase(seed: 31, events: 800, rejectedShare: 0.3)
        let file = database.folder["out.csv"]
        let runner = ExportRunner(databasePath: database.path, wake: {})
        let plan = ExportPlan(
            filterText: "outcome:rej",
            filter: try AuditFilter(parsing: "outcome:rej", now: database.now),
            range: .all,
            format: .csv,
            isRaw: false,
            file: file,
            created: database.now
        )
        guard case .written(let events, let bytes)? = try end(runner, plan, 1) else {
            Issue.record("not written")
            return
        }
        let text = try #require(GoldenScreens.read(file))
        #expect(Int64(text.utf8.count) == bytes && events > 100)
        #expect(Int64(text.split(separator: "\r\n").count) == events + 1)
        var information = stat()
        #expect(stat(file, &information) == 0 && information.st_mode & 0o777 == 0o600)
        #expect(access(file + ".manifest.json", F_OK) == 0)
        #expect(try end(runner, plan, 2) == .exists(file))
        var other = plan
        other.file = database.folder["no/such/folder.csv"]
        guard case .failed(let why)? = try end(runner, other, 3) else {
            Issue.record("written into nowhere")
            return
        }
        #expect(why.string.contains("No such file"))
        runner.close()
    }

    private func end(_ runner: ExportRunner, _ plan: ExportPlan, _ id: Int) throws -> ExportNews? {
        runner.start(plan, replacing: false, id: id)
        let deadline = ContinuousClock.now + .seconds(20)
        while ContinuousClock.now < deadline {
            for case .export(let news, id) in runner.drain() {
                if case .progress = news { continue }
                return news
            }
            poll(nil, 0, 5)
        }
        return nil
    }
}
