import AuditStore
import SafeText
import Terminal

/// The SQL prompt.
extension DashboardState {
    /// The most statements that Up finds again.
    private static let sqlHistoryLimit = 100

    mutating func openSQLPrompt(_ text: String = "") {
        prompt = FilterPrompt(kind: .sql, editor: LineEditor(text), before: "")
    }

    mutating func sqlAction(_ action: Action) -> [Effect] {
        switch action {
        case .promptApply: applySQL()
        case .promptCancel: prompt = nil
        case .promptEarlier: walk(sqlHistory, by: -1)
        case .promptLater: walk(sqlHistory, by: 1)
        case .promptSearch: walk(sqlHistory, by: -1, anywhere: true)
        default: break
        }
        return []
    }

    private mutating func applySQL() {
        let text = prompt?.editor.text ?? ""
        prompt = nil
        guard text.contains(where: { $0 != " " }) else { return }
        sqlHistory.removeAll { $0 == text }
        sqlHistory.append(text)
        if sqlHistory.count > Self.sqlHistoryLimit { sqlHistory.removeFirst() }
        sqlSerial += 1
        if case .sql? = place { places.removeLast() }
        places.append(.sql(SQLQuestion(text: text, serial: sqlSerial)))
        scroll = 0
    }

    /// What became of a statement; nil while it runs.
    func sqlOutcome(_ question: SQLQuestion) -> SQLOutcome? {
        guard book.holds(.sql(question)), case .sql(let outcome)? = book.answers[.sql]?.answer else { return nil }
        return outcome
    }

    /// A statement that cannot be read comes back into the prompt, with the place of what is wrong.
    mutating func accept(_ outcome: SQLOutcome) {
        guard case .failed(let error) = outcome, case .sql(let question)? = place, prompt == nil else { return }
        places.removeLast()
        openSQLPrompt(question.text)
        prompt?.problem = FilterProblem(column: error.column ?? 1, message: SafeText(error.message))
    }

    /// True while a statement runs whose rows the screen waits for.
    var runsSQL: Bool {
        if case .sql(let question)? = place { return sqlOutcome(question) == nil }
        return false
    }
}
