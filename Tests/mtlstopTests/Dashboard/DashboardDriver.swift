import AuditStore
import CertCore
import SafeText
import Terminal

@testable import mtlstop

/// Drives a state as the program does, with answers from the fixtures instead of a database.
struct DashboardDriver {
    var state: DashboardState
    /// Questions that wait for `answerAll`.
    private(set) var open: [(question: Question, id: Int)] = []
    private(set) var effects: [Effect] = []
    /// False keeps questions waiting.
    var answersAtOnce = true
    var answer: (Question) -> Answer = FixtureAnswers.answer

    init(
        _ columns: Int = 80,
        _ rows: Int = 24,
        glyphs: GlyphSet = .unicode,
        collector: CollectorHealth = .outside(pid: 812)
    ) {
        state = DashboardState(
            size: Size(columns: columns, rows: rows),
            glyphs: glyphs,
            clock: ClockReading(now: FixtureCast.now, uptime: 1000),
            databasePath: "/var/lib/mtlstop/audit.db",
            socketPath: "/run/mtlstop/ingest.sock"
        )
        send(.health(Health(collector: collector, database: .open)))
    }

    /// Sends one message and answers what it asks.
    mutating func send(_ message: Message) {
        take(state.update(message))
        if answersAtOnce { answerAll() }
    }

    /// Presses keys one after the other.
    mutating func press(_ keys: Key...) {
        for key in keys { send(.key(key)) }
    }

    /// Types text.
    mutating func type(_ text: String) {
        for scalar in text.unicodeScalars { send(.key(.character(scalar))) }
    }

    /// Lets time pass.
    mutating func pass(_ milliseconds: Int64) {
        let clock = state.clock
        send(
            .clock(
                ClockReading(
                    now: clock.now.advanced(byMilliseconds: milliseconds),
                    uptime: clock.uptime + milliseconds
                )
            )
        )
    }

    mutating func answerAll() {
        var rounds = 0
        while !open.isEmpty, rounds < 20 {
            rounds += 1
            let questions = open
            open = []
            for (question, id) in questions {
                take(state.update(.answer(answer(question), id: id, slot: question.slot)))
            }
        }
    }

    private mutating func take(_ new: [Effect]) {
        for effect in new {
            if case .ask(let question, let id) = effect {
                open.append((question, id))
            } else {
                effects.append(effect)
            }
        }
    }

    var screen: Screen { DashboardView.render(state) }
    var text: String { screen.text() }
}
