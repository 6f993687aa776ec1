import AuditEvents
import AuditStore
import CertCore
import Glibc
import SafeText
import Terminal

@testable import mtlstop

/// A terminal that keeps what is painted and gets its input from a script that sees it.
final class ScriptedTerminal: TerminalDriver {
    let size: Size
    let capabilities = TerminalCapabilities(isUTF8: true, colors: 0, name: "scripted")
    /// What is done when the program waits; it sees the text on the screen.
    var script: (String) -> [TerminalInput] = { _ in [] }
    private(set) var shown = ""
    private(set) var frames = 0
    let began = Uptime.milliseconds()

    init(size: Size) {
        self.size = size
    }

    func next(timeoutMilliseconds: Int?) -> [TerminalInput] {
        if Uptime.milliseconds() - began > 30_000 { return [.endOfInput] }
        let inputs = script(shown)
        if inputs.isEmpty { poll(nil, 0, Int32(min(timeoutMilliseconds ?? 10, 10))) }
        return inputs
    }

    func paint(_ screen: Screen) {
        shown = screen.text()
        frames += 1
    }

    func redraw() {}
    func copy(_ lines: [SafeText]) -> Bool { true }
    func suspend() {}
    func close() {}
}

/// Commits one event to a database.
enum SampleCommit {
    static func commit(_ name: String, _ writer: AuditWriter, _ session: SessionID, now: Timestamp) throws {
        let line = #"{"event":"authenticated","cn":"\#(name)","path":"/x","service":"edge-1"}"#
        var scanner = LineScanner()
        try Array(line.utf8).withUnsafeBytes { bytes in
            if case .event(let event) = try scanner.scan(bytes) {
                _ = try writer.append(event, session: session, producer: nil, received: now)
            }
        }
        _ = try writer.commit(now: now)
    }
}
