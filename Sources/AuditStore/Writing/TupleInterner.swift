/// Tuples of integers to one integer, as ``NameInterner`` does for texts.
struct TupleInterner<Key: Hashable> {
    private var cache: GenerationCache<Key, Int64>
    private var last: (key: Key, id: Int64)?
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

    /// The id of a tuple; one never seen gets the next id.
    mutating func id(_ key: Key, find: (Key) throws(StoreError) -> Int64?) throws(StoreError) -> Int64 {
        if let last, last.key == key { return last.id }
        if let id = cache.value(key) {
            last = (key, id)
            return id
        }
        let id = try learn(key, find: find)
        last = (key, id)
        return id
    }

    /// Stores the tuples that wait; within the batch's transaction.
    func write(_ insert: (Int64, Key) throws -> Void) throws {
        for (id, key) in pending { try insert(id, key) }
    }

    /// Forgets what is stored now, and what was not used lately.
    mutating func committed() {
        pending.removeAll(keepingCapacity: true)
        cache.age()
    }

    private mutating func learn(_ key: Key, find: (Key) throws(StoreError) -> Int64?) throws(StoreError) -> Int64 {
        var id = cache.isComplete ? nil : try find(key)
        if id == nil {
            pending.append((nextID, key))
            id = nextID
            nextID += 1
        }
        cache.insert(key, id ?? 0)
        return id ?? 0
    }
}
