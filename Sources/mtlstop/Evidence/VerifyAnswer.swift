import AuditStore
import CertCore
import SafeText

/// What `verify` prints about a database.
struct VerifyAnswer {
    private let path: String
    private let report: LedgerReport

    init(path: String, report: LedgerReport) {
        self.path = path
        self.report = report
    }

    /// The lines for standard output: what was checked, then what it cannot tell.
    var lines: [SafeText] {
        guard report.isIntact else { return problems + scope }
        guard let first = report.firstEvent else {
            return ["\(SafeText(path)): no ledger: it was not begun yet, or the database is of an older release"]
                + scope
        }
        let range = report.events > 0 ? ", from event \(first)" : ""
        let words = "\(report.events) events in \(report.segments) segments\(range), \(report.checkpoints) checkpoints"
        return ["\(SafeText(path)): intact: \(SafeText(words))"] + scope
    }

    private var problems: [SafeText] {
        var lines: [SafeText] = []
        if let first = report.findings.first {
            let place = first.segment.map { "segment \($0)" } ?? "outside the segments"
            lines.append("\(SafeText(path)): not intact: the first problem is in \(SafeText(place))")
        }
        for finding in report.findings {
            let place = finding.segment.map { "segment \($0)" } ?? "-"
            lines.append("  \(SafeText(place))  \(SafeText(finding.kind.rawValue)): \(SafeText(finding.detail))")
        }
        let more = report.findingCount - report.findings.count
        if more > 0 { lines.append("  and \(more) more") }
        return lines
    }

    private var scope: [SafeText] {
        var lines: [SafeText] = []
        if let note = report.newest {
            let time = Timestamp(milliseconds: note.claim.time).rfc3339
            lines.append("newest checkpoint: \(SafeText(time)), up to event \(note.claim.lastEvent)")
            lines.append("signed by: \(SafeText(CheckpointNote.verifierKey(note.claim.identity)))")
        }
        if report.prunedEvents > 0 { lines.append("removed by retention, as recorded: \(report.prunedEvents) events") }
        if report.uncoveredEvents > 0 {
            lines.append("stored before the ledger began and not covered: \(report.uncoveredEvents) events")
        }
        if !report.hasCheckpointFile {
            lines.append("no checkpoint file was found: a removed end of the log cannot be told")
        }
        return lines
    }
}
