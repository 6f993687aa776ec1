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

    var created: Timestamp
    var format: ReportFormat
    var filter: String
    var since: Timestamp?
    var until: Timestamp?
    var counts: Counts
    /// The lowest and highest event id of the log when the report was made.
    var log: ClosedRange<Int64>?
    var files: [File] = []

    /// The manifest as a file: one object, one member a line.
    var json: [UInt8] {
        var writer = JSONWriter(capacity: 1024)
        writer.beginObject()
        writeMembers(to: &writer)
        writer.endObject()
        writer.newline()
        return writer.bytes
    }

    /// The members, for an object that the caller has begun.
    func writeMembers(to writer: inout JSONWriter) {
        writer.member("tool", "mtlstop")
        writer.member("version", ProductVersion.text)
        writer.member("created", created.rfc3339)
        writer.member("format", format.rawValue)
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
        writer.key("ledger")
        writer.null()
    }

    private func write(_ file: File, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("name", file.name)
        writer.member("bytes", file.bytes)
        writer.member("sha256", file.sha256.hex)
        writer.endObject()
    }

    private var notes: [String] {
        switch format {
        case .csv: ["text that a spreadsheet would run as a formula has an apostrophe before it"]
        case .json, .ndjson: []
        }
    }
}
