import AuditStore
import CertCore

/// Accepted and rejected over time: two panels of bars, each with its own scale, since rejections are few.
struct TimelineChart {
    let buckets: [TrafficBucket]
    let slotLength: Int64

    /// Nil where there is nothing to draw: less than two slots.
    init?(_ buckets: [TrafficBucket], slotLength: Int64) {
        guard buckets.count > 1 else { return nil }
        self.buckets = buckets
        self.slotLength = slotLength
    }

    /// The largest number of a panel.
    func peak(_ value: (TrafficBucket) -> Int64) -> Int64 { buckets.map(value).max() ?? 0 }

    /// About six labels: the slot and its text.
    var labels: [(index: Int, text: String)] {
        let step = max(1, (buckets.count + 5) / 6)
        return stride(from: 0, to: buckets.count, by: step).map { index in
            let text = buckets[index].start.rfc3339
            let day = String(text.prefix(10))
            let clock = String(text.dropFirst(11).prefix(slotLength < 60_000 ? 8 : 5))
            return (index, slotLength >= 86_400_000 ? day : day.dropFirst(5) + " " + clock)
        }
    }
}
