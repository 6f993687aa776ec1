import CertCore

/// The size, the digest and, where a format shows it, the number of events of a report's file.
struct FileContent {
    let bytes: Int64
    let sha256: Fingerprint
    /// Counted by line ends in the formats with an event a line; nil for the others.
    let events: Int64?

    /// Reads a file in constant memory.
    init(_ path: String, format: String?) throws {
        guard let digest = RunningDigest() else {
            throw Failure(.failed, what: path, why: "libcrypto cannot compute SHA-256")
        }
        var bytes: Int64 = 0
        var lines: Int64 = 0
        try SmallFile.chunks(of: path) { chunk in
            digest.update(chunk)
            bytes += Int64(chunk.count)
            for byte in chunk where byte == 0x0A { lines += 1 }
        }
        guard let sha256 = digest.finish() else {
            throw Failure(.failed, what: path, why: "libcrypto cannot compute SHA-256")
        }
        self.bytes = bytes
        self.sha256 = sha256
        events = Self.events(lines, of: path, format: format)
    }

    private static func events(_ lines: Int64, of path: String, format: String?) -> Int64? {
        // A document may have data beside it; that file's ending says its format.
        let named = format.flatMap(ReportFormat.init(rawValue:))
        let ending = path.split(separator: ".").last.flatMap { ReportFormat(rawValue: String($0)) }
        switch named?.isDocument == true ? ending : named {
        case .ndjson, .ecs, .ocsf, .cef, .leef, .syslog: return lines
        case .csv: return lines - 1
        default: return nil
        }
    }
}
