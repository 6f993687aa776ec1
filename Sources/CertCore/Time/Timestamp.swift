import Glibc

/// A moment, counted in milliseconds since 1970-01-01T00:00:00Z.
public struct Timestamp: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Milliseconds since 1970-01-01T00:00:00Z; negative before that.
    public var milliseconds: Int64

    /// Makes a moment from its number of milliseconds since 1970-01-01T00:00:00Z.
    public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// Makes a moment from the fields of the UTC calendar; fields out of their range are carried over.
    package init(
        year: Int,
        month: Int,
        day: Int,
        hour: Int = 0,
        minute: Int = 0,
        second: Int = 0,
        millisecond: Int = 0
    ) {
        let days = CivilTime.daysSince1970(year: year, month: month, day: day)
        let seconds = days * 86_400 + Int64(hour * 3600 + minute * 60 + second)
        milliseconds = seconds * 1000 + Int64(millisecond)
    }

    /// The real-time clock of the system.
    public static func now() -> Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }

    /// The RFC 3339 text in UTC with milliseconds, as in `2026-11-23T13:00:00.123Z`.
    public var rfc3339: String { civil.rfc3339 }

    /// The RFC 3339 text.
    public var description: String { rfc3339 }

    /// The fields of the UTC calendar.
    package var civil: CivilTime { CivilTime(milliseconds: milliseconds) }

    /// The moment some milliseconds later, or earlier when negative; stops at the ends of the range.
    public func advanced(byMilliseconds delta: Int64) -> Timestamp {
        let (sum, overflow) = milliseconds.addingReportingOverflow(delta)
        if overflow { return Timestamp(milliseconds: delta < 0 ? .min : .max) }
        return Timestamp(milliseconds: sum)
    }

    /// The milliseconds from the right moment to the left one; stops at the ends of the range.
    public static func - (left: Timestamp, right: Timestamp) -> Int64 {
        let (difference, overflow) = left.milliseconds.subtractingReportingOverflow(right.milliseconds)
        if overflow { return left.milliseconds < 0 ? .min : .max }
        return difference
    }

    /// Whether the left moment is the earlier one.
    public static func < (left: Timestamp, right: Timestamp) -> Bool { left.milliseconds < right.milliseconds }
}
