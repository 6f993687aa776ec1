/// The number of a reporter's connection; unique within a database for ever.
package struct SessionID: Hashable, Sendable {
    /// The id of the `session` row.
    package let rawValue: Int64

    /// Makes an id from its row's number.
    package init(rawValue: Int64) {
        self.rawValue = rawValue
    }
}
