import AuditStore
import CertCore
import SafeText

/// One export, settled: what the writing thread gets, and what is repeated later.
struct ExportPlan: Hashable, Sendable {
    /// The filter as it was written; empty for everything.
    var filterText: String
    var filter: AuditFilter
    /// The earliest event, inclusive.
    var since: Timestamp?
    /// The first event that is too late.
    var until: Timestamp?
    /// The range that the bounds came from.
    var range: TimeRange
    var format: ReportFormat
    var data: ReportFormat?
    var isRaw: Bool
    /// What the events go without.
    var hidden: Set<HiddenField> = []
    /// The file of the key that signs.
    var key: String?
    var file: String
    var created: Timestamp

    /// What its first lines are asked by.
    var preview: ExportPreview {
        ExportPreview(filter: filter, range: range, format: format, isRaw: isRaw, hidden: hidden)
    }

    /// The files that it makes.
    var files: [String] {
        let manifest = file + ".manifest.json"
        return [file, manifest] + (data.map { [file + "." + $0.rawValue] } ?? [])
            + (key == nil ? [] : [manifest + ".sig"])
    }

    /// The same export from a shell; `database` when it is not the usual one.
    func shellLine(database: String?) -> SafeText {
        var words = ["mtlstop", "report"]
        if let database { words += ["--db", database] }
        if !filterText.isEmpty { words.append(filterText) }
        if let sinceText = range.optionText(now: created) { words += ["--since", sinceText] }
        if let until { words += ["--until", until.rfc3339] }
        words += ["--format", format.rawValue]
        if let data { words += ["--data", data.rawValue] }
        if isRaw { words.append("--raw") }
        for field in HiddenField.allCases where hidden.contains(field) { words += ["--hide", field.rawValue] }
        if let key { words += ["--sign", key] }
        words += ["-o", file]
        return words.map(ShellWord.quoted).joined(separator: " ")
    }
}
