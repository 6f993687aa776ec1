import AuditStore

/// The answers so far, by slot, and the questions on their way.
struct AnswerBook: Sendable {
    /// A question that was sent.
    struct Asked: Sendable {
        var id: Int
        var question: Question
        /// The state of the data when it was asked.
        var epoch: Int
        /// Uptime when it was asked.
        var at: Int64
        var isAnswered = false
    }

    /// An answer and the question it belongs to.
    struct Answered: Sendable {
        var question: Question
        var answer: Answer
    }

    private(set) var asked: [Slot: Asked] = [:]
    private(set) var answers: [Slot: Answered] = [:]
    private var lastID = 0

    /// Notes a question as sent and gives it its number.
    mutating func ask(_ question: Question, epoch: Int, at uptime: Int64) -> Int {
        lastID += 1
        asked[question.slot] = Asked(id: lastID, question: question, epoch: epoch, at: uptime)
        return lastID
    }

    /// Keeps an answer; false when its question has been replaced since, and the answer is dropped.
    mutating func accept(_ answer: Answer, id: Int, slot: Slot) -> Bool {
        guard let waiting = asked[slot], waiting.id == id else { return false }
        asked[slot]?.isAnswered = true
        answers[slot] = Answered(question: waiting.question, answer: answer)
        return true
    }

    /// Notes that a question failed, so that it may be asked again; false when nobody waits for it any more.
    mutating func fail(id: Int, slot: Slot) -> Bool {
        guard let waiting = asked[slot], waiting.id == id else { return false }
        asked[slot]?.isAnswered = true
        return true
    }

    /// True when a question of the slot is on its way.
    func isWaiting(_ slot: Slot) -> Bool {
        asked[slot].map { !$0.isAnswered } ?? false
    }

    /// True when the slot's answer belongs to this question.
    func holds(_ question: Question) -> Bool {
        answers[question.slot]?.question == question
    }
}
