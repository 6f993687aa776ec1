import AuditStore
import CertCore
import Glibc
import SafeText
import Terminal
import TestSupport
import Testing

@testable import mtlstop

@Suite("Hostile names, paths and reasons stay text on every screen and in every export", .serialized)
struct HostileScreenTests {
    @Test("No key sequence over a hostile database makes an unsound screen", arguments: 0..<8)
    func hostileWalks(_ round: Int) throws {
        let seed = UInt64(round) &* 15_485_863 &+ 11
        var random = SeededGenerator(seed: seed)
        let database = try HostileDatabase()
        let answerer = QuestionAnswerer(reader: try AuditReader(path: database.path))
        var driver = DashboardDriver(80, 24, glyphs: round % 2 == 0 ? .unicode : .ascii)
        driver.state.book = AnswerBook()
        driver.answer = { (try? answerer.answer($0, now: FixtureCast.now)) ?? EmptyAnswers.answer($0) }
        driver.send(.dataChanged)
        for step in 0..<80 {
            if step % 9 == 8 {
                let columns = Int.random(in: 1...250, using: &random)
                driver.send(.resize(Size(columns: columns, rows: Int.random(in: 1...80, using: &random))))
            }
            if let key = PropertyTests.keys.randomElement(using: &random) { driver.press(key) }
            #expect(SoundScreen.faults(of: driver.screen).isEmpty, "seed \(seed), step \(step)")
        }
    }

    /// Keys through all views and pages.
    private static let tour = [
        "G", "g", "Enter", "Enter", "Escape", "w", "Escape", "Escape", "2", "Tab", "Enter", "Enter", "3", "Enter", "G",
        "Escape", "4", "Enter", "Escape", "5", "6", "?", "Escape", "=", "Escape", "y", "Escape", "1",
    ]

    @Test("Through the socket and all screens, only the dashboard's own sequences reach the terminal")
    func outputStream() throws {
        let session = try TmuxSession(columns: 120, rows: 36)
        try session.record(to: "stream")
        try session.startDashboard()
        try session.expect("Welcome to mtlstop")
        try Self.send(to: session)
        try session.expect("192.0.2.1")
        for key in Self.tour {
            try session.press(key)
            try session.settle()
        }
        try session.press("q")
        try session.expect("left-0")
        let stream = session.folder.text(of: "stream")
        #expect(stream.contains("[2 Rejections]") && stream.contains(#"\e]0;owned"#))
        let foreign = TerminalStream.foreignSequences(in: stream)
        #expect(foreign.isEmpty, "\(foreign)")
    }

    @Test(
        "No export carries a character that a terminal obeys or hides",
        arguments: ["html", "json", "ndjson", "csv", "ecs", "ocsf", "cef", "leef", "syslog", "md"]
    )
    func exports(_ format: String) throws {
        let database = try HostileDatabase()
        let report = try ChildProcess(
            ["report", "--db", database.path, "--format", format, "-o", database.folder["out"]],
            in: database.folder
        )
        #expect(try report.wait() == 0, "\(report.errors)")
        // RFC 5424 section 6.4 puts a byte order mark before a message in UTF-8.
        let written = database.folder.text(of: "out")
        let text = format == "syslog" ? written.replacing("\u{FEFF}", with: "") : written
        #expect(text.contains("owned"))
        let harmful = text.unicodeScalars.filter { $0.isHiddenOrHarmful && $0 != "\n" && $0 != "\r" && $0 != "\t" }
        #expect(harmful.isEmpty, "\(Set(harmful.map { String($0.value, radix: 16) }))")
    }

    private static func send(to session: TmuxSession) throws {
        let lines = HostileTraffic.lines.map { Array($0.utf8) } + HostileTraffic.brokenLines
        let connection = try IntakeConnection(to: session.socket)
        for line in lines { #expect(connection.send(line + [0x0A])) }
        connection.finishSending()
    }
}
