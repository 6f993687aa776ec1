/// One step from a schema version to the next; all steps an old file needs run in one transaction.
struct Migration: Sendable {
    /// The `user_version` after this step.
    let version: Int64
    /// The statements of the step.
    let sql: String

    /// Every step, oldest first.
    static let all: [Migration] = [.version1, .version2, .version3, .version4]
}
