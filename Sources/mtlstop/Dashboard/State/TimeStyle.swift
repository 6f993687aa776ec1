import CertCore
import SafeText

/// How times are written; the zone is always on the screen.
enum TimeStyle: Hashable, Sendable, CaseIterable {
    case utc
    case local
    case relative

    var title: SafeText {
        switch self {
        case .utc: "UTC"
        case .local: "local"
        case .relative: "relative"
        }
    }

    /// The style that `T` turns to.
    var next: TimeStyle {
        switch self {
        case .utc: .local
        case .local: .relative
        case .relative: .utc
        }
    }

    /// `2026-11-23 13:00`.
    static func minuteText(_ time: CivilTime) -> SafeText {
        "\(dateText(time)) \(two(time.hour)):\(two(time.minute))"
    }

    /// `2026-11-23`.
    static func dateText(_ time: CivilTime) -> SafeText {
        "\(padded(time.year, to: 4))-\(two(time.month))-\(two(time.day))"
    }

    /// `13:00:05`, with milliseconds `13:00:05.123`.
    static func clockText(_ time: CivilTime, milliseconds: Bool = false) -> SafeText {
        let seconds: SafeText = "\(two(time.hour)):\(two(time.minute)):\(two(time.second))"
        return milliseconds ? "\(seconds).\(padded(time.millisecond, to: 3))" : seconds
    }

    static func two(_ number: Int) -> SafeText { padded(number, to: 2) }

    private static func padded(_ number: Int, to width: Int) -> SafeText {
        let digits = String(number)
        return SafeText(String(repeating: "0", count: max(0, width - digits.count)) + digits)
    }
}
