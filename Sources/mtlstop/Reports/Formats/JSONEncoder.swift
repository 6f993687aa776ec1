import AuditStore
import SafeText

/// Events as `mtlstop events` prints them: one a line, or as the array of one object.
struct JSONEncoder: EventEncoder {
    private let isArray: Bool
    private var writer = JSONWriter(capacity: 80 << 10)
    private var isFirst = true
    private var json = EventJSON()

    init(isArray: Bool) {
        self.isArray = isArray
    }

    var bytes: [UInt8] { writer.bytes }

    mutating func begin(_ manifest: ReportManifest) {
        guard isArray else { return }
        writer.beginObject()
        writer.key("report")
        writer.beginObject()
        manifest.writeMembers(to: &writer)
        writer.endObject()
        writer.key("events")
        writer.beginArray()
    }

    mutating func add(_ event: EventRow, _ lookup: CertificateLookup) {
        if isArray { writer.appendBetween(isFirst ? "\n" : ",\n") }
        isFirst = false
        json.write(event, to: &writer)
        if !isArray { writer.newline() }
    }

    mutating func end() {
        guard isArray else { return }
        writer.appendBetween("\n]}\n")
    }

    mutating func clear() { writer.removeAll(keepingCapacity: true) }
}
