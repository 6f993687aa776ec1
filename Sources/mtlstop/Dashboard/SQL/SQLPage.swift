import AuditStore
import SafeText

/// A statement that was asked; its serial number tells it from the same text asked before.
struct SQLQuestion: Hashable, Sendable {
    var text: String
    var serial: Int
}

/// What became of a statement.
enum SQLOutcome: Hashable, Sendable {
    case found(SQLResult)
    case failed(SQLError)
}
