import AuditStore
import SafeText

/// Writes the events of a report in its format.
struct ReportBody {
    private let format: ReportFormat
    private var csv: EventCSV
    private var writer = JSONWriter(capacity: 4096)
    private var isFirst = true

    init(_ format: ReportFormat, facts: CertificateFacts) {
        self.format = format
        csv = EventCSV(facts: facts)
    }

    /// What stands before the first event.
    mutating func begin(_ manifest: ReportManifest, _ sink: inout ReportSink) throws {
        switch format {
        case .ndjson: return
        case .csv: try sink.write(Array(EventCSV.header.utf8))
        case .json:
            writer.beginObject()
            writer.key("report")
            writer.beginObject()
            manifest.writeMembers(to: &writer)
            writer.endObject()
            writer.key("events")
            writer.beginArray()
            try sink.write(writer.bytes)
        }
    }

    /// One event.
    mutating func add(_ row: EventRow, _ sink: inout ReportSink) throws {
        if format == .csv {
            try sink.write(Array(csv.record(row).utf8))
            return
        }
        writer.removeAll(keepingCapacity: true)
        row.writeJSON(to: &writer)
        switch format {
        case .ndjson: try sink.write(writer.bytes + [UInt8(ascii: "\n")])
        default: try sink.write(Array((isFirst ? "\n" : ",\n").utf8) + writer.bytes)
        }
        isFirst = false
    }

    /// What stands after the last event.
    func end(_ sink: inout ReportSink) throws {
        if format == .json { try sink.write(Array("\n]}\n".utf8)) }
    }
}
