/// What went wrong with an audit database.
public struct StoreError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kind of a store error; new kinds may be added.
    public struct Code: RawRepresentable, Hashable, Sendable {
        /// The stable name of the code.
        public let rawValue: String

        /// Makes a code from its stable name.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// The file is no audit database of this program.
        public static let notADatabase = Code(rawValue: "not_a_database")
        /// The database was written by a newer release.
        public static let newerSchema = Code(rawValue: "newer_schema")
        /// Another process writes this database; the message names its pid.
        public static let heldByAnother = Code(rawValue: "held_by_another")
        /// The database or its file system is read-only.
        public static let readOnly = Code(rawValue: "read_only")
        /// The operating system does not permit the access.
        public static let notPermitted = Code(rawValue: "not_permitted")
        /// There is no room on the disk; the same call succeeds once there is.
        public static let diskFull = Code(rawValue: "disk_full")
        /// There is no such database, or nothing in it matches.
        public static let notFound = Code(rawValue: "not_found")
        /// The operating system failed to read or write.
        public static let io = Code(rawValue: "io")
        /// The database file is damaged.
        public static let corrupt = Code(rawValue: "corrupt")
        /// The query was stopped by ``AuditReader/interrupt()``.
        public static let interrupted = Code(rawValue: "interrupted")
        /// What was asked for matches more than one thing.
        public static let ambiguous = Code(rawValue: "ambiguous")
    }

    /// The kind of the error.
    public let code: Code
    /// The database file.
    public let path: String
    /// What happened, in one sentence part without a full stop.
    public let message: String
    /// The words of SQLite or of the operating system, when they add something.
    public let cause: String?

    /// Makes an error about the database at `path`.
    public init(_ code: Code, path: String, message: String, cause: String? = nil) {
        self.code = code
        self.path = path
        self.message = message
        self.cause = cause
    }

    /// The path, the message and the cause on one line, not yet safe to show: the path comes from outside.
    public var description: String {
        guard let cause else { return "\(path): \(message)" }
        return "\(path): \(message): \(cause)"
    }
}
