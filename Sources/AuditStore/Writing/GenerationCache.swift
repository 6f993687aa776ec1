/// A bounded map that forgets what was not used lately, in constant time and without bookkeeping per use.
///
/// Entries live in two generations; a hit in the old one moves the entry into the young one, and a full young one
/// becomes the old one. ``age()`` is called between batches only, so nothing a batch still needs is forgotten.
struct GenerationCache<Key: Hashable, Value> {
    /// True while everything ever inserted is still here.
    private(set) var isComplete = true

    private let limit: Int
    private var young: [Key: Value] = [:]
    private var old: [Key: Value] = [:]

    /// Makes a cache that keeps between `limit` and twice as many entries.
    init(limit: Int) {
        self.limit = limit
    }

    /// The value of a key, which counts as used.
    mutating func value(_ key: Key) -> Value? {
        if let value = young[key] { return value }
        guard let value = old[key] else { return nil }
        young[key] = value
        return value
    }

    /// Adds or replaces a value.
    mutating func insert(_ key: Key, _ value: Value) {
        young[key] = value
    }

    /// Says that not everything there is has been inserted.
    mutating func markIncomplete() {
        isComplete = false
    }

    /// Forgets the old generation when the young one is full.
    mutating func age() {
        guard young.count >= limit else { return }
        if !old.isEmpty { isComplete = false }
        old = young
        young = [:]
    }
}
