import CertCore
import SafeText

/// Writes times in the chosen style; a value that the screens carry along.
struct TimeWriter: Sendable {
    var style: TimeStyle
    var now: Timestamp
    /// Seconds that local time is ahead of UTC at a time.
    var localOffset: @Sendable (Timestamp) -> Int

    /// The calendar fields as they are shown.
    func shown(_ time: Timestamp) -> CivilTime { civil(time) }

    /// The time whose shown fields are those of this one in UTC.
    func fromShown(_ time: Timestamp) -> Timestamp {
        guard style == .local else { return time }
        return time.advanced(byMilliseconds: -Int64(localOffset(time)) * 1000)
    }

    /// The calendar fields in the zone of the style.
    private func civil(_ time: Timestamp) -> CivilTime {
        guard style == .local else { return time.civil }
        return time.advanced(byMilliseconds: Int64(localOffset(time)) * 1000).civil
    }

    private var zone: SafeText { style == .local ? "" : "Z" }

    /// A list's time column: the time of the day, or the date when it was another day.
    func column(_ time: Timestamp, milliseconds: Bool = false) -> SafeText {
        if style == .relative { return Self.ago(from: time, to: now) }
        let shown = civil(time)
        let today = civil(now)
        if (shown.year, shown.month, shown.day) == (today.year, today.month, today.day) {
            return TimeStyle.clockText(shown, milliseconds: milliseconds)
        }
        let day: SafeText = "\(TimeStyle.two(shown.month))-\(TimeStyle.two(shown.day))"
        if shown.year == today.year {
            let hour: SafeText = "\(TimeStyle.two(shown.hour)):\(TimeStyle.two(shown.minute))"
            return milliseconds ? "\(day) \(hour)" : "\(day) \(TimeStyle.two(shown.hour))h"
        }
        return milliseconds ? TimeStyle.dateText(shown) : "\(shown.year % 10000)-\(TimeStyle.two(shown.month))"
    }

    /// The minute of the day, or the day when it was another one: five cells or six.
    func brief(_ time: Timestamp) -> SafeText {
        if style == .relative { return Self.ago(from: time, to: now) }
        let shown = civil(time)
        let today = civil(now)
        if (shown.year, shown.month, shown.day) == (today.year, today.month, today.day) {
            return "\(TimeStyle.two(shown.hour)):\(TimeStyle.two(shown.minute))"
        }
        if shown.year == today.year { return "\(TimeStyle.two(shown.month))-\(TimeStyle.two(shown.day))" }
        return SafeText(String(shown.year))
    }

    /// Date and time with its zone, for details.
    func full(_ time: Timestamp, milliseconds: Bool = false) -> SafeText {
        let shown = civil(time)
        let text: SafeText = "\(TimeStyle.dateText(shown)) \(TimeStyle.clockText(shown, milliseconds: milliseconds))"
        return text + (style == .local ? SafeText(" \(offsetText(time))") : "Z")
    }

    /// The clock in the first line: minutes only, so that an idle screen changes once a minute.
    func clock(wide: Bool) -> SafeText {
        let shown = civil(now)
        let time: SafeText = "\(TimeStyle.two(shown.hour)):\(TimeStyle.two(shown.minute))"
        if style == .local { return wide ? "\(time) local" : "\(time)L" }
        return wide ? "\(time) UTC" : "\(time)Z"
    }

    private func offsetText(_ time: Timestamp) -> String {
        let offset = localOffset(time)
        let minutes = abs(offset) / 60
        let digits = TimeStyle.two(minutes / 60) + ":" + TimeStyle.two(minutes % 60)
        return (offset < 0 ? "-" : "+") + digits.string
    }

    /// "12s ago", "3d 04h ago", "now", or "in 2h 10m".
    static func ago(from time: Timestamp, to now: Timestamp) -> SafeText {
        let distance = now - time
        if distance >= 0 { return distance < 1000 ? "now" : "\(span(distance)) ago" }
        return "in \(span(-distance))"
    }

    /// A length in its two largest units: `45s`, `12m`, `4h 12m`, `3d 04h`, `120d`.
    static func span(_ milliseconds: Int64) -> SafeText {
        let seconds = milliseconds / 1000
        let minutes = seconds / 60
        let hours = minutes / 60
        let days = hours / 24
        if days >= 100 { return "\(days)d" }
        if days > 0 { return "\(days)d \(TimeStyle.two(Int(hours % 24)))h" }
        if hours > 0 { return "\(hours)h \(TimeStyle.two(Int(minutes % 60)))m" }
        if minutes > 0 { return "\(minutes)m" }
        return "\(seconds)s"
    }
}
