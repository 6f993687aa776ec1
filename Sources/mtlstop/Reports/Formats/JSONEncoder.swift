import AuditStore
import SafeText

/// Events as `mtlstop events` prints them: one a line, or as the array of one object.
struct JSONEncoder: EventEncoder {
    /// How many certificates are kept written: 1 KB each.
    private static let mostWritten = 10_000

    private let isArray: Bool
    private var writer = JSONWriter(capacity: 80 << 10)
    private var isFirst = true
    private var written: [Int64: [UInt8]] = [:]

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
        guard let certificate = event.certificate else {
            event.writeJSON(to: &writer)
            if !isArray { writer.newline() }
            return
        }
        let json = written[certificate.id] ?? write(certificate)
        event.writeJSON(to: &writer) { $0.raw(json) }
        if !isArray { writer.newline() }
    }

    mutating func end() {
        guard isArray else { return }
        writer.appendBetween("\n]}\n")
    }

    mutating func clear() { writer.removeAll(keepingCapacity: true) }

    private mutating func write(_ certificate: CertificateSummary) -> [UInt8] {
        var own = JSONWriter(capacity: 512)
        certificate.writeJSON(to: &own)
        if written.count >= Self.mostWritten { written.removeAll(keepingCapacity: true) }
        written[certificate.id] = own.bytes
        return own.bytes
    }
}
