import GRDB

/// A statement over the rejections of a stretch of the log, through their index.
struct RejectedRows {
    private let sql: String
    private let condition: [FilterArgument]

    /// - Parameters:
    ///   - plan: what the rejections must meet.
    ///   - columns: the selected expressions over `event e`.
    ///   - ending: what follows the conditions; its arguments come last.
    init(_ plan: FilterPlan, columns: String, ending: String) {
        var text = ""
        var arguments: [FilterArgument] = []
        if case .sql(let sql, let values) = plan.condition {
            text = "AND " + sql
            arguments = values
        }
        sql = """
            SELECT \(columns) FROM event e INDEXED BY event_rejected
            WHERE e.id BETWEEN ? AND ? AND e.outcome <> 0 \(text) \(ending)
            """
        condition = arguments
    }

    /// The rows of a stretch of ids.
    func fetch(_ db: Database, _ range: ClosedRange<Int64>, _ last: [FilterArgument] = []) throws -> [Row] {
        let arguments = [.integer(range.lowerBound), .integer(range.upperBound)] + condition + last
        return try Row.fetchAll(db.cachedStatement(sql: sql), arguments: arguments.statementArguments)
    }
}
