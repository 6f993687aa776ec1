public import SafeText

/// Why a policy cannot be used.
public struct PolicyProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of problem.
    public enum Kind: Hashable, Sendable {
        /// The policy says something that it must not.
        case invalid
        /// The policy, or a file that it names, is missing.
        case missingFile
        /// The policy, or a file that it names, cannot be read.
        case unreadableFile
    }

    /// The kind of problem.
    public let kind: Kind
    /// The file that is at fault; empty for rules that come from no file.
    public let path: String
    /// Where in the policy, as in `allOf[1].allowCN`; empty for the whole of it.
    public let place: String
    /// What is wrong.
    public let message: SafeText

    /// Names a problem.
    public init(_ kind: Kind, path: String = "", place: String = "", _ message: SafeText) {
        self.kind = kind
        self.path = path
        self.place = place
        self.message = message
    }

    /// A problem of a file that a policy names.
    init(_ problem: FileProblem, place: String) {
        switch problem.kind {
        case .missing: kind = .missingFile
        case .unreadable: kind = .unreadableFile
        case .tooLarge, .malformed: kind = .invalid
        }
        path = problem.path
        self.place = place
        message = problem.message
    }

    /// The same problem of a policy that stands in a file.
    public func inFile(_ file: String) -> PolicyProblem {
        PolicyProblem(kind, path: path.isEmpty ? file : path, place: place, message)
    }

    /// File, place and what is wrong, safe to show.
    public var description: String {
        [SafeText(path), SafeText(place), message].filter { !$0.isEmpty }.joined(separator: ": ").string
    }
}
