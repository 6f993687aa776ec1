import SafeText

/// One possible cause of a rejection: how sure it is, what speaks for it, and the next step.
struct WhyCause: Hashable, Sendable {
    /// How far the facts carry the cause, the surest first.
    enum Confidence: Int, Comparable, CaseIterable, Sendable {
        /// The certificate or the reporter says so itself.
        case certain
        /// What else happened speaks for it and nothing against it.
        case likely
        /// It fits, and so do others.
        case possible

        var word: SafeText {
            switch self {
            case .certain: "certain"
            case .likely: "likely"
            case .possible: "possible"
            }
        }

        static func < (left: Confidence, right: Confidence) -> Bool { left.rawValue < right.rawValue }
    }

    var confidence: Confidence
    var statement: SafeText
    /// Facts that were counted or read, one a line.
    var evidence: [SafeText] = []
    /// The next step; empty where the general advice says all.
    var step: SafeText = ""
}
