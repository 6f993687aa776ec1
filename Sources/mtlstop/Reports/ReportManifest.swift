import AuditStore
import CertCore
import SafeText

/// What a report says about itself: where it comes from, what it holds, and the digest it can be checked by.
struct ReportManifest: Sendable {
    /// The numbers a report must add up to.
    struct Counts: Equatable, Sendable {
        var authenticated: Int64 = 0
        var rejected: Int64 = 0
        var events: Int64 { authenticated + rejected }
    }

    /// A file of the report.
    struct File: Equatable, Sendable {
        var name: String
        var bytes: Int64
        var sha256: Fingerprint
    }

    /// The manifest of the report before this one, for reports that follow each other without a gap.
    struct Previous: Equatable, Sendable {
        var name: String
        var sha256: Fingerprint
    }

    var created: Timestamp
    var format: ReportFormat
    var host: String
    var operatorName: String?
    var filter: String
    var since: Timestamp?
    var until: Timestamp?
    var counts: Counts
    /// The lowest and highest event id of the log when the report was made.
    var log: ClosedRange<Int64>?
    /// The first and the last event id of the report, where they are known beforehand.
    var ids: ClosedRange<Int64>?
    var files: [File] = []
    var isRaw: Bool
    /// What the events go without.
    var hidden: Set<HiddenField>
    /// What this report follows; nil when nothing was named.
    var previous: Previous?
    /// The state of the ledger as JSON; nil when the log has none.
    var ledger: [UInt8]?

    init(_ request: ReportRequest, counts: Counts, log: ClosedRange<Int64>?) {
        created = request.created
        format = request.format
        host = request.host
        operatorName = request.operatorName
        filter = request.selection.filter.text
        since = request.selection.since
        until = request.selection.until
        isRaw = request.isRaw
        hidden = request.hidden
        previous = request.previous
        self.counts = counts
        self.log = log
    }

    /// The manifest as a file: one object, one line.
    var json: [UInt8] {
        var writer = JSONWriter(capacity: 1024)
        writer.beginObject()
        writeMembers(to: &writer)
        writer.endObject()
        writer.newline()
        return writer.bytes
    }

    /// A short mark of what the report holds, printed on its pages: it does not cover the pages themselves.
    var mark: String {
        var blank = self
        blank.files = []
        return String(Fingerprint.sha256(of: blank.json).hex.prefix(16))
    }

    /// The members, for an object that the caller has begun.
    func writeMembers(to writer: inout JSONWriter) {
        writer.member("tool", "mtlstop")
        writer.member("version", ProductVersion.text)
        writer.member("created", created.rfc3339)
        writer.member("format", format.rawValue)
        writer.member("host", host)
        writer.member("operator", operatorName)
        writer.member("filter", filter)
        writer.member("since", since?.rfc3339)
        writer.member("until", until?.rfc3339)
        writer.key("counts")
        writer.beginObject()
        writer.member("events", counts.events)
        writer.member("authenticated", counts.authenticated)
        writer.member("rejected", counts.rejected)
        writer.endObject()
        writer.key("files")
        writer.beginArray()
        for file in files { write(file, to: &writer) }
        writer.endArray()
        writer.member("firstLogID", log?.lowerBound)
        writer.member("lastLogID", log?.upperBound)
        writer.member("notes", notes)
        if let previous {
            writer.key("previous")
            writer.beginObject()
            writer.member("name", previous.name)
            writer.member("sha256", previous.sha256.hex)
            writer.endObject()
        }
        writer.key("ledger")
        if let ledger { writer.raw(ledger) } else { writer.null() }
    }

    private func write(_ file: File, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("name", file.name)
        writer.member("bytes", file.bytes)
        writer.member("sha256", file.sha256.hex)
        writer.endObject()
    }

    private var notes: [String] {
        let hasCSV = format == .csv || files.contains { $0.name.hasSuffix(".csv") }
        let missing = HiddenField.allCases.filter(hidden.contains).map(\.note)
        guard hasCSV else { return missing }
        return missing + guardNotes
    }

    private var guardNotes: [String] {
        isRaw
            ? ["text is not guarded: a spreadsheet may run it as a formula"]
            : ["text that a spreadsheet would run as a formula has an apostrophe before it"]
    }
}
