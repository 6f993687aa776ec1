import CertCore

/// Zooming and shifting.
extension TimeRange {
    /// The lengths that zooming goes through, in milliseconds.
    static let steps: [Int64] = [
        60_000, 5 * 60_000, 15 * 60_000, 3_600_000, 6 * 3_600_000, 24 * 3_600_000, 7 * 86_400_000, 30 * 86_400_000,
    ]

    /// How long the range is at a time; nil for all of it.
    func length(now: Timestamp) -> Int64? {
        switch self {
        case .all: nil
        case .last(let length): length
        case .since(let start): max(0, now - start)
        case .between(let start, let end): max(0, end - start)
        }
    }

    /// The range one step shorter or longer, around a time or, without one, at the same end; nil at the shortest.
    ///
    /// It never reaches beyond now; `all` is how long all time is, in milliseconds.
    func zoomed(isCloser: Bool, around center: Timestamp?, now: Timestamp, all: Int64? = nil) -> TimeRange? {
        let length = length(now: now) ?? max(all ?? .max, Self.steps[0] + 1)
        guard let next = isCloser ? Self.steps.last(where: { $0 < length }) : Self.steps.first(where: { $0 > length })
        else { return isCloser ? nil : .all }
        guard let center = center ?? middle else { return .last(next) }
        // The end is exclusive, and the time itself belongs to the range.
        let latest = max(now, center.advanced(byMilliseconds: 1))
        let end = min(center.advanced(byMilliseconds: next - next / 2), latest)
        return .between(end.advanced(byMilliseconds: -next), end)
    }

    private var middle: Timestamp? {
        guard case .between(let start, let end) = self else { return nil }
        return start.advanced(byMilliseconds: (end - start) / 2)
    }

    /// The range moved by its own length; nil for all time, and where it would begin in the future.
    func shifted(isLater: Bool, now: Timestamp) -> TimeRange? {
        guard let length = length(now: now), length > 0 else { return nil }
        let end = end ?? now
        let newEnd = end.advanced(byMilliseconds: isLater ? length : -length)
        if isLater, end >= now { return nil }
        if newEnd >= now { return .last(length) }
        return .between(newEnd.advanced(byMilliseconds: -length), newEnd)
    }
}
