import AuditEvents
import CertCore
import Testing

/// What a record became, copied out of the scanner.
struct MappedRecord {
    var outcome: AuditEvent.Outcome
    var time: Timestamp?
    var port: Int32?
    var authorized: Bool?
    var resumed: Bool?
    var marks: EventMarks
    var texts: [LineField: String] = [:]

    subscript(field: LineField) -> String? { texts[field] }

    /// The event that a record maps to; nil when it says nothing about client certificates.
    init?(_ record: [UInt8]) throws {
        var scanner = RecordScanner()
        let found = try Self.read(record, &scanner)
        guard let found else { return nil }
        self = found
    }

    init?(_ record: String) throws {
        try self.init(Array(record.utf8))
    }

    static func read(_ record: [UInt8], _ scanner: inout RecordScanner) throws -> MappedRecord? {
        try record.withUnsafeBytes { bytes in
            guard case .event(let event) = try scanner.scan(bytes) else { return nil }
            return MappedRecord(event)
        }
    }

    private init(_ event: ScannedEvent) {
        outcome = event.outcome
        time = event.time
        port = event.port
        authorized = event.authorized
        resumed = event.resumed
        marks = event.marks
        for field in LineField.allCases { texts[field] = event.text(field) }
    }

    /// The class and code a rejection gets.
    func finding(hasCertificate: Bool) -> RejectionFinding {
        .find(
            reason: self[.reason],
            authorizationError: self[.authorizationError],
            hasCertificate: hasCertificate,
            notBefore: nil,
            notAfter: nil,
            at: Timestamp(milliseconds: 1_800_000_000_000)
        )
    }
}
