import AuditEvents

/// A line from the collector, understood.
enum CollectorAnswer: Equatable {
    /// The answer to our hello; all up to `last` is durable.
    case hello(last: UInt64, window: Int)
    /// All up to this number is durable.
    case ack(UInt64)
    /// A line was refused, or its event stored without the certificate.
    case refused(code: String, sequence: UInt64?, message: String)
    /// A notice such as `disk_full`.
    case notice(String)
    /// The collector stops or agrees to part.
    case bye
    /// Something newer than this program.
    case unknown

    /// Reads a line.
    init(line: [UInt8]) {
        guard let json = try? JSONValue(parsing: line) else {
            self = .unknown
            return
        }
        if json["hello"] != nil {
            self = .hello(last: json.count("last") ?? 0, window: Int(clamping: json.count("window") ?? 1024))
        } else if let sequence = json.count("ack") {
            self = .ack(sequence)
        } else if let code = json["err"]?.stringValue {
            let message = json["msg"]?.stringValue ?? code
            self = .refused(code: code, sequence: json.count("seq"), message: message)
        } else if let name = json["notice"]?.stringValue {
            self = .notice(name)
        } else {
            self = json["bye"] != nil ? .bye : .unknown
        }
    }
}

extension JSONValue {
    /// A member that is a whole number of 0 or more.
    fileprivate func count(_ key: String) -> UInt64? {
        guard case .number(let digits)? = self[key] else { return nil }
        return UInt64(digits)
    }
}
