import AuditSamples
import AuditStore
import CertCore

@testable import mtlstop

/// A database of sample traffic in a folder of its own.
struct SampleDatabase {
    let folder: TestFolder
    let now: Timestamp

    var path: String { folder["audit.db"] }

    init(seed: UInt64, events: Int, rejectedShare: Double) throws {
        folder = try TestFolder()
        let start = FixtureCast.now.advanced(byMilliseconds: -3_600_000)
        try SampleTraffic(
            seed: seed,
            events: events,
            certificates: 40,
            rejectedShare: rejectedShare,
            start: start,
            span: 3_500_000
        ).fillDatabase(path: folder["audit.db"])
        now = FixtureCast.now
    }

    func reader() throws -> AuditReader { try AuditReader(path: path) }

    /// A driver whose questions this database answers.
    func driver() throws -> DashboardDriver {
        let answerer = QuestionAnswerer(reader: try reader())
        var driver = DashboardDriver(80, 24)
        driver.state.book = AnswerBook()
        let now = now
        driver.answer = { question in
            (try? answerer.answer(question, now: now)) ?? EmptyAnswers.answer(question)
        }
        driver.send(.dataChanged)
        return driver
    }
}
