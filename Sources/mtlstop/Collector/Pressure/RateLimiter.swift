import Glibc

/// A token bucket for each user: so many lines a second, a second's worth at once.
///
/// Only for the ingest thread. Memory is bounded: full buckets are forgotten when there are many.
struct RateLimiter {
    private struct Bucket {
        var tokens: Double
        var filled: ContinuousClock.Instant
    }

    /// How many buckets are kept before the full ones are forgotten; a machine has fewer users that write.
    private static let mostBuckets = 4096

    /// Lines a second, from the next line on; nil lets everything in.
    var limit: Int?
    private var buckets: [uid_t: Bucket] = [:]

    /// A limiter of so many lines a second for each user.
    init(limit: Int?) {
        self.limit = limit
    }

    /// Takes a token of this user; false when none is left.
    mutating func admits(_ user: uid_t, now: ContinuousClock.Instant) -> Bool {
        guard let limit else { return true }
        let capacity = Double(limit)
        var bucket = buckets[user] ?? Bucket(tokens: capacity, filled: now)
        if now > bucket.filled {
            bucket.tokens = min(capacity, bucket.tokens + (now - bucket.filled).seconds * capacity)
            bucket.filled = now
        }
        defer {
            buckets[user] = bucket
            if buckets.count > Self.mostBuckets { forgetFull(now, capacity) }
        }
        guard bucket.tokens >= 1 else { return false }
        bucket.tokens -= 1
        return true
    }

    private mutating func forgetFull(_ now: ContinuousClock.Instant, _ capacity: Double) {
        buckets = buckets.filter { $0.value.tokens + (now - $0.value.filled).seconds * capacity < capacity }
    }
}
