/// What a collector says on an acknowledged connection.
enum CollectorMessage: Equatable {
    case hello(last: UInt64, window: Int)
    case acknowledged(UInt64)
    /// A line was refused; it is settled all the same.
    case refused(code: String)
    case need([String])
    case bye(retryMilliseconds: Int?)
    case notice(String)
    /// Nothing this version knows; to be ignored.
    case unknown

    init(line: [UInt8]) {
        guard let value = try? JSONValue(parsing: line, depth: 8) else {
            self = .unknown
            return
        }
        if value["hello"] != nil {
            self = .hello(
                last: UInt64(clamping: value["last"]?.integerValue ?? 0),
                window: Int(clamping: max(value["window"]?.integerValue ?? 65536, 1))
            )
        } else if let number = value["ack"]?.integerValue {
            self = .acknowledged(UInt64(clamping: number))
        } else if let code = value["err"]?.stringValue {
            self = .refused(code: code)
        } else if let wanted = value["need"]?.elements {
            self = .need(wanted.compactMap(\.stringValue))
        } else if value["bye"] != nil {
            self = .bye(retryMilliseconds: value["retry_ms"]?.integerValue.map { Int(clamping: $0) })
        } else if let notice = value["notice"]?.stringValue {
            self = .notice(notice)
        } else {
            self = .unknown
        }
    }
}
