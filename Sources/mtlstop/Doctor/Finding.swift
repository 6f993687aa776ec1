import SafeText

/// One line of the doctor's report: what was looked at, how it is, and how to mend it.
struct Finding: Hashable, Sendable {
    /// How bad it is; `problem` makes the command fail.
    enum Level: String, Sendable, Comparable {
        case ok
        case warning
        case problem

        private var rank: Int { self == .ok ? 0 : self == .warning ? 1 : 2 }

        static func < (left: Level, right: Level) -> Bool { left.rank < right.rank }
    }

    /// What was looked at: a stable word for programs.
    let check: String
    let level: Level
    /// What was found; names from outside in it are escaped when it is shown.
    let text: String
    /// What to do; nil when all is well.
    let mend: String?

    static func ok(_ check: String, _ text: String) -> Finding {
        Finding(check: check, level: .ok, text: text, mend: nil)
    }

    static func warning(_ check: String, _ text: String, mend: String) -> Finding {
        Finding(check: check, level: .warning, text: text, mend: mend)
    }

    static func problem(_ check: String, _ text: String, mend: String) -> Finding {
        Finding(check: check, level: .problem, text: text, mend: mend)
    }

    /// The lines for people: level, check and text, and below it the mend.
    var lines: [SafeText] {
        let head = SafeText(level.rawValue).padded(to: 9) + SafeText(check).padded(to: 10)
        let first = head + SafeText(text)
        guard let mend else { return [first] }
        return [first, SafeText("").padded(to: 19) + SafeText("mend: " + mend)]
    }

    /// Appends the object for programs.
    func writeJSON(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("check", check)
        writer.member("level", level.rawValue)
        writer.member("text", text)
        writer.member("mend", mend)
        writer.endObject()
    }
}
