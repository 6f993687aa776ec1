import AuditStore
import CertCore
import SafeText

/// Times and ranges as people type them on the command line.
enum TypedTime {
    /// A time: what the filter language takes, or a time of day (`13:05`, `13:05:30`) of today.
    ///
    /// What is typed without a zone is UTC, or local time where the screen shows local times.
    static func time(_ text: String, times: TimeWriter) -> Timestamp? {
        let text = trimmed(text[...])
        if let today = timeOfDay(text, times) { return today }
        let dated = text.count > 10 && text.dropFirst(10).first == " " ? replaced(text) : text
        guard let time = TimeExpression.time(dated, now: times.now) else { return nil }
        let isWithoutZone = [10, 16, 19].contains(dated.count) && TimeExpression.duration(dated) == nil
        return isWithoutZone ? times.fromShown(time) : time
    }

    /// A range: `all`, a duration up to now, a time from which on, or two of them with `..` between.
    static func range(_ text: String, times: TimeWriter) -> TimeRange? {
        if text == "all" { return .all }
        if let duration = TimeExpression.duration(text) { return duration > 0 ? .last(duration) : nil }
        guard let dots = text.firstRange(of: "..") else { return time(text, times: times).map { .since($0) } }
        let (first, last) = (trimmed(text[..<dots.lowerBound]), trimmed(text[dots.upperBound...]))
        guard let start = time(first, times: times) else { return nil }
        if last.isEmpty { return .since(start) }
        guard let end = time(last, times: times), start < end else { return nil }
        return .between(start, end)
    }

    private static func timeOfDay(_ text: String, _ times: TimeWriter) -> Timestamp? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count), parts.allSatisfy({ $0.count == 2 }) else { return nil }
        let day = TimeStyle.dateText(times.shown(times.now)).string
        let seconds = parts.count == 2 ? ":00" : ""
        return Timestamp(rfc3339: "\(day)T\(text)\(seconds)Z").map { times.fromShown($0) }
    }

    private static func replaced(_ text: String) -> String { text.prefix(10) + "T" + text.dropFirst(11) }

    private static func trimmed(_ text: Substring) -> String {
        let start = text.drop { $0 == " " }
        return String(String(start.reversed()).drop { $0 == " " }.reversed())
    }
}
