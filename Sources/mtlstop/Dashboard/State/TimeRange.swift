import CertCore
import SafeText

/// Which time a view shows.
enum TimeRange: Hashable, Sendable {
    case all
    /// The last so many milliseconds.
    case last(Int64)
    case since(Timestamp)
    /// From a time, inclusive, to another, exclusive.
    case between(Timestamp, Timestamp)

    static let presets: [TimeRange] = [
        .last(15 * 60_000), .last(3_600_000), .last(24 * 3_600_000), .last(7 * 86_400_000), .last(30 * 86_400_000),
        .all,
    ]

    /// The lower bound at a time, inclusive; nil for all of it.
    func start(now: Timestamp) -> Timestamp? {
        switch self {
        case .all: nil
        case .last(let length): now.advanced(byMilliseconds: -length)
        case .since(let time): time
        case .between(let start, _): start
        }
    }

    /// The upper bound, exclusive; nil where the range ends with the newest event.
    var end: Timestamp? {
        if case .between(_, let end) = self { return end }
        return nil
    }

    /// "all", "last 1h", "since 2026-11-23 13:00Z".
    var title: SafeText {
        switch self {
        case .all: "all"
        case .last(let length): "last \(Self.short(length))"
        case .since(let time): "since \(TimeStyle.minuteText(time.civil))Z"
        case .between(let start, let end): Self.title(start.civil, end.civil)
        }
    }

    private static func title(_ start: CivilTime, _ end: CivilTime) -> SafeText {
        let isOneDay = (start.year, start.month, start.day) == (end.year, end.month, end.day)
        let last = isOneDay ? "\(TimeStyle.two(end.hour)):\(TimeStyle.two(end.minute))" : TimeStyle.minuteText(end)
        return "\(TimeStyle.minuteText(start)) - \(last)Z"
    }

    /// A length in its largest whole unit: 15m, 1h, 24h, 7d.
    static func short(_ milliseconds: Int64) -> SafeText {
        let minutes = milliseconds / 60_000
        if minutes % (24 * 60) == 0, minutes > 24 * 60 { return "\(minutes / (24 * 60))d" }
        if minutes % 60 == 0 { return "\(minutes / 60)h" }
        return "\(minutes)m"
    }
}
