import SafeText

/// Why a command ends early: shown as one line, `mtlstop: what: why (what to do)`.
///
/// Texts may hold names from outside; they are escaped when the line is made.
struct Failure: Error {
    var status: ExitStatus
    var what: String
    var why: String
    var remedy: String?

    init(_ status: ExitStatus, what: String, why: String, remedy: String? = nil) {
        self.status = status
        self.what = what
        self.why = why
        self.remedy = remedy
    }

    /// How many cells of what somebody gave are shown.
    static let longest = 300

    /// The line for stderr, without its newline.
    var line: SafeText {
        let advice = remedy.map { " (\($0))" } ?? ""
        let what = what.isEmpty ? "\"\"" : SafeText(what).cut(to: Self.longest, keeping: .ends)
        return "mtlstop: \(what): \(SafeText(why).cut(to: Self.longest * 2, keeping: .ends))\(SafeText(advice))"
    }
}
