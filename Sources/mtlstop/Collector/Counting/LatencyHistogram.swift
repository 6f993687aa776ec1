/// Durations in buckets, as monitoring wants them.
struct LatencyHistogram: Sendable, Equatable {
    /// The upper bounds of the buckets in seconds; beyond the last there is one more bucket.
    static let bounds: [Double] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 10]

    /// How many fell into each bucket (not cumulative); one more than there are bounds.
    private(set) var counts = [UInt64](repeating: 0, count: bounds.count + 1)
    /// All of them.
    private(set) var count: UInt64 = 0
    /// Their sum in seconds.
    private(set) var sum = 0.0

    /// Adds a duration.
    mutating func add(_ duration: Duration) {
        let seconds = duration.seconds
        counts[Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count] += 1
        count += 1
        sum += seconds
    }
}
