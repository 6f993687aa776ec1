import CertCore
import SafeText

extension Failure {
    /// A policy that cannot be used.
    init(_ problem: PolicyProblem) {
        let status: ExitStatus =
            switch problem.kind {
            case .invalid: .badInputData
            case .missingFile: .inputNotFound
            case .unreadableFile: .ioError
            }
        let remedy =
            problem.kind == .invalid ? "mtlstop authorize --help shows the rules" : "check the path and its permissions"
        let what = problem.place.isEmpty ? problem.path : "\(problem.path): \(problem.place)"
        self.init(status, what: what, why: Self.plain(problem.message), remedy: remedy)
    }

    /// A file that cannot be used.
    init(_ problem: FileProblem, remedy: String) {
        let status: ExitStatus =
            switch problem.kind {
            case .missing: .inputNotFound
            case .unreadable: .ioError
            case .tooLarge, .malformed: .badInputData
            }
        self.init(status, what: problem.path, why: Self.plain(problem.message), remedy: remedy)
    }

    /// The text before it was made safe: a failure's line escapes all of its parts itself.
    private static func plain(_ text: SafeText) -> String { String(decoding: text.unescapedBytes, as: UTF8.self) }
}
