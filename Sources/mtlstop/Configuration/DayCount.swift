import ArgumentParser

/// A long time as people write it: `400d`, `12w`, `36h`, `2y`.
struct DayCount: ExpressibleByArgument, Equatable, Sendable {
    /// The time in milliseconds.
    let milliseconds: Int64

    private static let units: [Character: Int64] = [
        "h": 3_600_000, "d": 86_400_000, "w": 7 * 86_400_000, "y": 366 * 86_400_000,
    ]

    /// Reads a number and its unit; nil below an hour, beyond a thousand years, and for anything else.
    init?(argument: String) {
        guard let last = argument.last, let unit = Self.units[last], let count = Int64(argument.dropLast()), count > 0,
            count <= 366_000 * 24
        else { return nil }
        let (milliseconds, overflow) = count.multipliedReportingOverflow(by: unit)
        guard !overflow, milliseconds <= 366_000 * 86_400_000 else { return nil }
        self.milliseconds = milliseconds
    }
}
