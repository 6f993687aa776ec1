import AuditStore
import CertCore
import SafeText
import Terminal

/// One screen as plain text: `--once`, and what is shown when stdout is no terminal.
enum BatchScreen {
    /// 120x36 unless `COLUMNS` and `LINES` say otherwise; 1 to 1000 cells each way.
    static func size(_ environment: Environment = .current()) -> Size {
        func number(_ name: String, _ standard: Int) -> Int {
            guard let value = environment[name].flatMap({ Int($0) }), value > 0 else { return standard }
            return min(value, 1000)
        }
        return Size(columns: number("COLUMNS", 120), rows: number("LINES", 36))
    }

    /// Draws one screen of a database.
    ///
    /// With `showsEveryKind` the screen grows (to at most 200 rows) until its rows hold an accepted event and one of
    /// every class of rejection that was recorded.
    static func render(
        _ configuration: DashboardConfiguration,
        size: Size,
        glyphs: GlyphSet,
        showsEveryKind: Bool = false
    ) throws -> String {
        try screen(configuration, size: size, glyphs: glyphs, showsEveryKind: showsEveryKind).text() + "\n"
    }

    /// The screen itself, for tests and for the line mode.
    static func screen(
        _ configuration: DashboardConfiguration,
        size: Size,
        glyphs: GlyphSet,
        showsEveryKind: Bool = false
    ) throws -> Screen {
        var state = try configuration.initialState(size: size, glyphs: glyphs)
        state.previewChoice = false
        let answerer = try open(configuration.databasePath).map { QuestionAnswerer(reader: $0) }
        state.health.database = answerer == nil ? .missing : .open
        if let answerer {
            if showsEveryKind { state.size.rows = max(size.rows, tallest) }
            try settle(&state, answerer, configuration)
            if showsEveryKind {
                state.size.rows = max(size.rows, rowsForEveryKind(state))
                try settle(&state, answerer, configuration)
            }
        }
        return DashboardView.render(state)
    }

    /// The most rows a screen grows to.
    private static let tallest = 200

    /// Answers questions until the state has none left.
    static func settle(
        _ state: inout DashboardState,
        _ answerer: QuestionAnswerer,
        _ configuration: DashboardConfiguration,
        after messages: [Message] = []
    ) throws {
        var effects = state.update(.clock(configuration.reading))
        for message in messages { effects += state.update(message) }
        // Answers may lead to further questions (a list to its first row); eight rounds are more than any view has.
        for _ in 0..<8 where !effects.isEmpty {
            var following: [Effect] = []
            for case .ask(let question, let id) in effects {
                let answer = try read { try answerer.answer(question, now: configuration.clock.now) }
                following += state.update(.answer(answer, id: id, slot: question.slot))
            }
            effects = following
        }
    }

    /// The database's reader; nil when there is no database yet.
    static func open(_ path: String) throws -> AuditReader? {
        do {
            return try read { try AuditReader(path: path) }
        } catch let failure as Failure where failure.status == .inputNotFound {
            return nil
        }
    }

    private static func read<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as StoreError {
            throw Failure(store: error)
        }
    }

    private static func rowsForEveryKind(_ state: DashboardState) -> Int {
        guard let rows = state.liveWindow?.rows else { return 0 }
        var seen: Set<RejectionClass> = []
        var hasAccepted = false
        var last = 0
        for (index, row) in rows.enumerated() {
            if let rejectionClass = row.rejectionClass {
                if seen.insert(rejectionClass).inserted { last = index }
            } else if !hasAccepted {
                hasAccepted = true
                last = index
            }
        }
        return min(tallest, last + 2 + state.layout.head + 2)
    }
}
