import CertCore

/// A stored tuple: its row, and the digest by which events' records refer to what it says.
struct InternedTuple {
    var id: Int64
    var digest: SHA256Digest
}

/// Tuples of integers to one integer, as ``NameInterner`` does for texts.
struct TupleInterner<Key: Hashable> {
    private var cache: GenerationCache<Key, InternedTuple>
    private var last: (key: Key, tuple: InternedTuple)?
    private var pending: [(id: Int64, key: Key)] = []
    private var nextID: Int64

    /// Makes an interner for a table whose greatest id is `lastID`.
    init(lastID: Int64, isEmpty: Bool) {
        nextID = lastID + 1
        cache = GenerationCache(limit: 32_768)
        if !isEmpty { cache.markIncomplete() }
    }

    /// Whether tuples wait for a commit.
    var hasPending: Bool { !pending.isEmpty }

    /// The row of a tuple; one never seen gets the next id.
    ///
    /// - Parameters:
    ///   - find: asks the database for the row of a tuple.
    ///   - digest: makes the digest of what the tuple says.
    mutating func tuple(
        _ key: Key,
        find: (Key) throws(StoreError) -> Int64?,
        digest: () -> SHA256Digest
    ) throws(StoreError) -> InternedTuple {
        if let last, last.key == key { return last.tuple }
        if let tuple = cache.value(key) {
            last = (key, tuple)
            return tuple
        }
        let tuple = InternedTuple(id: try learn(key, find: find), digest: digest())
        cache.insert(key, tuple)
        last = (key, tuple)
        return tuple
    }

    /// Takes out the tuples that wait.
    mutating func takePending() -> [(id: Int64, key: Key)] {
        defer { pending = [] }
        return pending
    }

    /// Forgets what was not used lately; called when a batch is durable.
    mutating func age() {
        cache.age()
    }

    private mutating func learn(_ key: Key, find: (Key) throws(StoreError) -> Int64?) throws(StoreError) -> Int64 {
        var id = cache.isComplete ? nil : try find(key)
        if id == nil {
            pending.append((nextID, key))
            id = nextID
            nextID += 1
        }
        return id ?? 0
    }
}
