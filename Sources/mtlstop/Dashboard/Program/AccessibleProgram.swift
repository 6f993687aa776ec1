import AuditEvents
import AuditStore
import CertCore
import Glibc
import SafeText
import Terminal

/// The dashboard as lines: no cursor movement, no control sequences, new events as they come.
///
/// A line of input is a command: a view's digit, `/filter`, `?`, `q`. It ends on `q` or at the end of the input.
struct AccessibleProgram {
    private var configuration: DashboardConfiguration
    private var output = StandardOutput()
    private var input = InputLines()
    private var newest: Int64 = 0
    private var version: Int64?

    /// The most new events that are read out in one go; beyond it the number is said.
    private static let burst = 50

    init(_ configuration: DashboardConfiguration) {
        self.configuration = configuration
    }

    /// Runs until `q` or the end of the input; returns the exit code.
    mutating func run() throws -> Int32 {
        try say("mtlstop, line mode. Commands: 1 to 5 a view, /TEXT filter, / clears it, ? help, q quit.")
        try show()
        while true {
            switch input.next(milliseconds: QueryWorker.pollInterval) {
            case .end: return 0
            case .line(let line):
                if line == "q" { return 0 }
                try obey(line)
            case .nothing: break
            }
            try tellNewEvents()
        }
    }

    private mutating func obey(_ line: String) throws {
        if let digit = Int(line), let view = ViewName.allCases.first(where: { $0.digit == digit }) {
            configuration.view = view
            try show()
        } else if line.hasPrefix("/") {
            try setFilter(String(line.dropFirst()))
        } else if line == "?" {
            try help()
        } else if !line.isEmpty {
            try say("unknown command: \(line)")
        }
    }

    private mutating func setFilter(_ text: String) throws {
        do throws(FilterError) {
            _ = try FilterState.parse(text, now: configuration.clock.now)
        } catch {
            try say("filter, column \(error.column): \(error.message)")
            return
        }
        configuration.filter = text
        try show()
    }

    private mutating func help() throws {
        try say("1 Live, 2 Rejections, 3 Certs, 4 Expiring, 5 Sources: says the view once.")
        try say("/outcome:rej shows only rejections. New events are said as they arrive.")
    }

    /// Says the view once, as a screen without blank lines.
    private mutating func show() throws {
        let size = BatchScreen.size()
        let screen = try BatchScreen.screen(configuration, size: size, glyphs: .ascii)
        for row in 1..<max(2, screen.size.rows - 1) {
            let text = screen.rowText(row, trimmed: true)
            if !text.isEmpty { try say(SafeText(text)) }
        }
        newest = try lastEventID() ?? newest
    }

    private func lastEventID() throws -> Int64? {
        guard let reader = try? AuditReader(path: configuration.databasePath) else { return nil }
        return try? reader.status().lastEventID
    }

    private mutating func tellNewEvents() throws {
        guard let reader = reader(), let seen = try? reader.dataVersion(), seen != version else { return }
        version = seen
        let filter = try? FilterState.parse(configuration.filter, now: configuration.clock.now)
        let query = EventQuery(filter: filter ?? nil, after: newest, order: .oldestFirst, limit: Self.burst)
        guard let page = try? reader.events(query) else { return }
        let times = TimeWriter(style: .utc, now: configuration.clock.now, localOffset: LocalZone.offset)
        for row in page.rows { try say(Self.sentence(row, times)) }
        newest = max(newest, page.rows.last?.id ?? newest)
    }

    private mutating func reader() -> AuditReader? {
        if held == nil { held = try? AuditReader(path: configuration.databasePath) }
        return held
    }

    private var held: AuditReader?

    /// An event in one line.
    static func sentence(_ row: EventRow, _ times: TimeWriter) -> SafeText {
        let who = EventColumns.subject(row)
        let address: SafeText = row.ip.map { " from \(SafeText($0))" } ?? ""
        let time = times.column(row.time)
        guard row.outcome == .rejected else { return "\(time) ok \(who)\(address): \(EventColumns.request(row))" }
        return "\(time) REJ \(who)\(address): \(RejectionWords.why(row))"
    }

    private mutating func say(_ text: SafeText) throws {
        try output.line(text)
        try output.flush()
    }
}
