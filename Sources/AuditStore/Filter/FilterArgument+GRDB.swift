import GRDB

extension FilterArgument {
    /// The value as GRDB binds it.
    var databaseValue: DatabaseValue {
        switch self {
        case .integer(let value): value.databaseValue
        case .text(let value): value.databaseValue
        }
    }
}

extension Sequence<FilterArgument> {
    /// The values in order, as a statement takes them.
    var statementArguments: StatementArguments {
        StatementArguments(map(\.databaseValue))
    }
}
