import AuditEvents
import AuditStore
import CertCore
import Glibc
import SafeText
import Terminal

/// The dashboard as lines: no cursor movement, no control sequences, new events as they come.
///
/// A line of input is a command: a view's digit, a row, a filter, or any name that the command line knows. It ends on `q`
/// or at the end of the input. It is the same state that the screens draw, so everything that has a name works.
struct AccessibleProgram {
    private let configuration: DashboardConfiguration
    private var state: DashboardState
    private var output = StandardOutput()
    private var input = InputLines()
    private var newest: Int64 = 0
    private var version: Int64?
    private var held: AuditReader?
    private var isOver = false

    /// The most new events that are read out in one go; beyond it the number is said.
    private static let burst = 50

    init(_ configuration: DashboardConfiguration) throws {
        self.configuration = configuration
        state = try configuration.initialState(size: BatchScreen.size(), glyphs: .ascii)
        state.previewChoice = false
        state.isPlain = true
    }

    /// Runs until `q` or the end of the input; returns the exit code.
    mutating func run() throws -> Int32 {
        try say(
            "mtlstop, line mode. Commands: 1 to 6 a view, row N selects, open N opens, back, /TEXT filter, ? help, q quit."
        )
        try show()
        while !isOver {
            switch input.next(milliseconds: QueryWorker.pollInterval) {
            case .end: return 0
            case .line(let line): try obey(line)
            case .nothing: break
            }
            if !isOver { try tellNewEvents() }
        }
        return 0
    }

    // MARK: Commands

    private mutating func obey(_ line: String) throws {
        let words = line.split(separator: " ", maxSplits: 1).map(String.init)
        guard let name = words.first else { return try show() }
        if name.hasPrefix("/") { return try setFilter(String(line.dropFirst())) }
        switch (name, words.count > 1 ? words[1] : nil) {
        case ("q", nil), ("quit", nil): isOver = true
        case ("?", let word), ("help", let word): try help(word)
        case ("row", let number?): try select(number, opens: false)
        case ("open", let number?): try select(number, opens: true)
        default: try command(line, name)
        }
    }

    private mutating func command(_ line: String, _ name: String) throws {
        if let number = Int(name), state.menu != nil { return try choose(number) }
        let view = Int(name).flatMap { digit in ViewName.allCases.first { $0.digit == digit } }
        if let view {
            state.show(view)
        } else if let command = CommandText(line) {
            try carryOut(state.perform(command))
        } else {
            return try say("unknown command: \(SafeText(line)). ? lists the commands.")
        }
        if !isOver { try show() }
    }

    private mutating func carryOut(_ effects: [Effect]) throws {
        for effect in effects {
            switch effect {
            case .quit: isOver = true
            case .copy(let lines): for line in lines { try say(line) }
            case .sendTest: try sendTest()
            default: break
            }
        }
    }

    private mutating func sendTest() throws {
        do throws(SocketError) {
            try TestEvent.send(to: configuration.socketPath)
        } catch {
            try say("the collector takes no event: \(SafeText(error.text))")
        }
    }

    private mutating func setFilter(_ text: String) throws {
        do throws(FilterError) {
            try state.filter.apply(text, now: configuration.clock.now)
            state.follow()
        } catch {
            return try say("filter, column \(error.column): \(error.message)")
        }
        try show()
    }

    /// Rows are counted from 1, as the list is read out.
    private mutating func select(_ text: String, opens: Bool) throws {
        guard state.isList, let number = Int(text), number > 0 else {
            return try say("there is no row \(SafeText(text)) here")
        }
        try settle()
        state.moveInList(ListStep.first)
        state.moveInList(ListStep.by(number - 1))
        state.live.isFollowing = false
        if opens {
            try carryOut(state.perform(.open))
            try show()
        } else {
            try settle()
            try say(state.selectedEvent.map { Self.sentence($0, state.times) } ?? "row \(SafeText(text)) is selected")
        }
    }

    private mutating func choose(_ number: Int) throws {
        guard state.menuChoices.indices.contains(number - 1) else { return try say("there is no choice \(number)") }
        state.menu?.index = number - 1
        try carryOut(state.perform(.open))
        try show()
    }

    private mutating func help(_ word: String?) throws {
        if let word {
            state.help = HelpState(topic: .word(word))
            for line in HelpPage.lines(for: state) { try say(line.text.text) }
            state.help = nil
            return
        }
        try say(
            "1 Live, 2 Rejections, 3 Certs, 4 Expiring, 5 Sources, 6 Changes: says the view. An empty line says it again."
        )
        try say("row N selects a row, open N opens it, open and back go down and up.")
        try say("/outcome:rej shows only rejections, / shows all. New events are said as they arrive.")
        try say("Every command has a name: \(SafeText(CommandText.names.joined(separator: " ")))")
        try say("? WORD says what the help has about a word.")
    }

    // MARK: Output

    /// Says what is on the screen, line by line, without blank lines.
    private mutating func show() throws {
        try settle()
        if let prompt = state.prompt {
            state.prompt = nil
            return try say("type it with its value, as in: \(SafeText(prompt.editor.text))…")
        }
        if state.menu != nil { return try sayMenu() }
        if state.help != nil {
            for line in HelpPage.lines(for: state) { try say(line.text.text) }
            state.help = nil
            return
        }
        if state.isList {
            let screen = DashboardView.render(state)
            for row in 1..<max(2, screen.size.rows - 1) {
                let text = screen.rowText(row, trimmed: true)
                if !text.isEmpty { try say(SafeText(drawn: text)) }
            }
        } else {
            for line in state.document.lines where line.text.width > 0 { try say(line.text.text) }
        }
    }

    private mutating func sayMenu() throws {
        for (index, choice) in state.menuChoices.enumerated() {
            let value: SafeText = choice.value.isEmpty ? "" : ": \(choice.value)"
            try say("\(index + 1) \(choice.label)\(value)")
        }
        try say("enter the number of a choice, or back")
    }

    /// Asks what the state needs to know and takes the answers in.
    private mutating func settle() throws {
        guard let reader = reader() else {
            state.health.database = .missing
            return
        }
        state.health.database = .open
        try BatchScreen.settle(&state, QuestionAnswerer(reader: reader), configuration, after: [.dataChanged])
        newest = max(newest, state.status?.lastEventID ?? 0)
    }

    private mutating func tellNewEvents() throws {
        guard let reader = reader(), let seen = try? reader.dataVersion(), seen != version else { return }
        version = seen
        let query = EventQuery(filter: state.filter.filter, after: newest, order: .oldestFirst, limit: Self.burst)
        guard let page = try? reader.events(query) else { return }
        let times = TimeWriter(style: state.timeStyle, now: configuration.clock.now, localOffset: LocalZone.offset)
        for row in page.rows { try say(Self.sentence(row, times)) }
        newest = max(newest, page.rows.last?.id ?? newest)
    }

    private mutating func reader() -> AuditReader? {
        if held == nil { held = try? AuditReader(path: configuration.databasePath) }
        return held
    }

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
