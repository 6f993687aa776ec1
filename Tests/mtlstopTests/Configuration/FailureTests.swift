import SafeText
import Testing

@testable import mtlstop

@Suite("Failure")
struct FailureTests {
    @Test("A failure is one line: what, why, and what to do in brackets")
    func line() {
        let failure = Failure(.inputNotFound, what: "/x/a.db", why: "no such file", remedy: "start mtlstop collect")
        #expect(failure.line.string == "mtlstop: /x/a.db: no such file (start mtlstop collect)")
    }

    @Test("Control characters in a path cannot reach the terminal")
    func hostilePath() {
        let failure = Failure(.inputNotFound, what: "a\u{1B}[31mb\nc", why: "no such file")
        #expect(failure.line.string == "mtlstop: a\\e[31mb\\nc: no such file")
    }
}
