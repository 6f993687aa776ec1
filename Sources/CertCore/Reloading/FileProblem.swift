public import SafeText

/// Why a file cannot be used.
public struct FileProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of problem.
    public enum Kind: Hashable, Sendable {
        /// There is no such file.
        case missing
        /// It cannot be opened or read, or is no ordinary file.
        case unreadable
        /// It is larger than it may be.
        case tooLarge
        /// Its content is not what it should be.
        case malformed
    }

    /// The kind of problem.
    public let kind: Kind
    /// The file's path as it was given.
    public let path: String
    /// What is wrong, without the path.
    public let message: SafeText

    /// Names a problem.
    public init(_ kind: Kind, path: String, _ message: SafeText) {
        self.kind = kind
        self.path = path
        self.message = message
    }

    /// The path and what is wrong, safe to show.
    public var description: String { "\(SafeText(path).string): \(message.string)" }
}
