import AuditStore

/// Writes events in one format into memory; whoever drives it takes the bytes away now and then.
protocol EventEncoder {
    /// What was written and not yet taken away.
    var bytes: [UInt8] { get }
    /// What stands before the first event.
    mutating func begin(_ manifest: ReportManifest)
    /// One event; `lookup` finds the DER of its certificate.
    mutating func add(_ event: EventRow, _ lookup: CertificateLookup) throws
    /// What stands after the last event.
    mutating func end()
    /// Forgets the bytes, keeping their room.
    mutating func clear()
}

extension EventEncoder {
    mutating func begin(_ manifest: ReportManifest) {}
    mutating func end() {}
}

extension ReportFormat {
    /// The encoder of a format; nil for documents, which are no list of events.
    func encoder(isRaw: Bool, host: String) -> (any EventEncoder)? {
        switch self {
        case .html, .md: nil
        case .json: JSONEncoder(isArray: true)
        case .ndjson: JSONEncoder(isArray: false)
        case .csv: EventCSV(isGuarded: !isRaw)
        case .ecs: ECSEncoder()
        case .ocsf: OCSFEncoder()
        case .cef: CEFEncoder()
        case .leef: LEEFEncoder()
        case .syslog: SyslogEncoder(host: host)
        }
    }
}
