import GRDB

extension ReasonTemplate {
    /// The SQL function `mtlstop_reason_template(reason)`.
    static let function = DatabaseFunction("mtlstop_reason_template", argumentCount: 1, pure: true) { values in
        String.fromDatabaseValue(values[0]).map(template)
    }
}
