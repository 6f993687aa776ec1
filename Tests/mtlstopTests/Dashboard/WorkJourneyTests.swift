import CertCore
import Glibc
import Testing

@testable import mtlstop

@Suite("Work with rows goes well on a real terminal", .serialized)
struct WorkJourneyTests {
    private static func session(columns: Int = 80, rows: Int = 24) throws -> TmuxSession {
        let session = try TmuxSession(columns: columns, rows: rows)
        try session.run("cd '\(session.folder[""])'; export XDG_STATE_HOME=\(session.folder["state"])")
        try session.startDashboard()
        try session.expect("Welcome to mtlstop")
        try TmuxTests.report(TmuxTests.accepted(5) + [TmuxTests.rejected("old-batch-runner")], to: session)
        try session.expect("old-batch-runner")
        return session
    }

    @Test("e and ^S write the filtered rows into the working directory; the same again asks before it replaces")
    func exporting() throws {
        let session = try Self.session()
        try session.press("/")
        try session.run("outcome:rej")
        try session.expectGone("svc-billing")
        try session.press("e")
        try session.expect("mtlstop report")
        try session.press("BTab", "BTab", "BTab", "BTab", "C-u")
        try session.run("mine.csv")
        try session.expect("-o mine.csv")
        try session.press("C-s")
        try session.expect("1 event, ")
        let text = try #require(GoldenScreens.read(session.folder["mine.csv"]))
        #expect(text.contains("old-batch-runner") && !text.contains("svc-billing"))
        try session.press("e", "BTab", "BTab", "BTab", "BTab", "C-u")
        try session.run("mine.csv")
        try session.press("C-s")
        try session.expect("Enter replaces it")
        try session.press("Enter")
        // The dialog closes when the file is there; until then q would close the dialog.
        try session.expectGone("mtlstop report")
        try session.press("q")
        try session.expect("left-0")
    }

    @Test("L, v, p and x show a certificate's findings, raw fields, PEM and bytes; R and i of Expiring do their work")
    func certificateAndCalendar() throws {
        let session = try Self.session(columns: 80, rows: 24)
        let der = try #require(GoldenScreens.bytes(GoldenScreens.root + "/fixtures/lint/C10.not-yet-valid.der"))
        let pem = try ClientCertificate(der: der).pem.replacing("\n", with: "\\n")
        try TmuxTests.report([#"{"event":"authenticated","cert":{"pem":"\#(pem)"}}"#], to: session)
        try session.press("g")
        try session.expect("row 1 of 7")
        try session.press("d")
        try session.expect("section 1/")
        try session.press("v")
        try session.expect("0000  SEQUENCE")
        try session.press("p")
        try session.expect("BEGIN CERTIFICATE")
        try session.press("x")
        try session.expect("0010  ")
        try session.press("L")
        try session.expect(": findings")
        try session.press("Escape")
        try session.expect("row 1 of 7")
        try session.press("4")
        try session.expect("expired but tried")
        try session.press("t", "j", "j", "Enter")
        try session.expect("within: 365d")
        try session.press("i")
        try session.expect("written: mtlstop-expiring-")
        try session.press("R")
        try session.expect("without renewal")
        try session.press("q")
        try session.expect("left-0")
        try session.run("cat mtlstop-expiring-*.ics")
        try session.expect("END:VCALENDAR")
    }

    @Test("A text is found, a row is marked and noted, and the note is there the next time")
    func findMarkAndNote() throws {
        let session = try Self.session(columns: 120, rows: 36)
        try session.press("\\")
        try session.run("old-batch")
        try session.expect("old-batch-runner")
        try session.press("m")
        try session.expect("1 row is marked")
        try session.press("M")
        try session.expect("filter: is:marked")
        try session.expectGone("svc-billing")
        try session.press("a")
        try session.expect("a note on")
        try session.press("Enter")
        try session.expect("empty takes it away")
        try session.run("owner is the batch team")
        try session.expect("the note is kept")
        try session.press("M", "q")
        try session.expect("left-0")
        try session.run("clear")
        try session.startDashboard("--filter has:note")
        try session.expect("old-batch-runner")
        try session.expectGone("svc-billing")
        try session.press("Enter")
        try session.expect("owner is the batch team")
        try session.press("q", "q")
        try session.expect("left-0")
    }

    @Test("A SELECT shows its rows, a DELETE is refused with its place, D compares two marked rows")
    func sqlAndComparing() throws {
        let session = try Self.session(columns: 120, rows: 36)
        try session.press("\\;")
        try session.run("SELECT count(*) AS events FROM event")
        try session.expect("1 row in")
        try session.press("\\;")
        try session.run("DELETE FROM event")
        try session.expect("only SELECT is allowed")
        try session.press("Escape")
        try session.expect("following")
        try session.press("m", "m", "D")
        try session.expect("differences")
        try session.press("q", "q")
        try session.expect("left-0")
    }
}
