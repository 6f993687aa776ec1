/// Texts to integers: names met lately are known without touching the database, new ones wait for the next commit.
struct NameInterner {
    private var cache = NameCache(limits: NameCache.Limits(count: 131_072, bytes: 24 << 20))
    /// The index of the last name of each kind: a service or a cipher repeats from event to event.
    private var last: ContiguousArray<Int>
    private var pending: [PendingName] = []
    private var nextID: Int64
    /// True while the database holds no name that was not once in the cache of this run.
    private var isComplete: Bool

    /// Makes an interner for a database whose greatest name id is `lastID`.
    init(lastID: Int64) {
        nextID = lastID + 1
        isComplete = lastID == 0
        last = ContiguousArray(repeating: -1, count: Int(NameKind.allCases.count) + 1)
    }

    /// Whether names wait for a commit.
    var hasPending: Bool { !pending.isEmpty }

    /// The id of a text, 0 for nil; a text never seen gets the next id.
    @inline(__always)
    mutating func id(
        _ kind: NameKind,
        _ bytes: UnsafeRawBufferPointer?,
        _ lookups: Lookups
    ) throws(StoreError) -> Int64 {
        guard let bytes else { return 0 }
        let number = Int32(truncatingIfNeeded: kind.rawValue)
        let recent = last[Int(number)]
        if recent >= 0, cache.matches(recent, kind: number, bytes) { return cache[recent] }
        let hash = NameTable.hash(kind: number, bytes)
        guard let index = cache.index(kind: number, bytes, hash: hash) else {
            return try learn(kind, bytes, hash, lookups)
        }
        last[Int(number)] = index
        return cache[index]
    }

    /// Takes out the names that wait.
    mutating func takePending() -> [PendingName] {
        defer { pending = [] }
        return pending
    }

    /// Forgets what was not used lately; called when a batch is durable, so that what the next one uses is kept.
    mutating func age() {
        guard cache.age() else { return }
        isComplete = false
        for kind in last.indices { last[kind] = -1 }
    }

    private mutating func learn(
        _ kind: NameKind,
        _ bytes: UnsafeRawBufferPointer,
        _ hash: UInt64,
        _ lookups: Lookups
    ) throws(StoreError) -> Int64 {
        let number = Int32(truncatingIfNeeded: kind.rawValue)
        var id = isComplete ? nil : try lookups.name(kind, bytes)
        if id == nil {
            pending.append(PendingName(id: nextID, kind: kind, bytes: Array(bytes)))
            id = nextID
            nextID += 1
        }
        cache.insert(kind: number, bytes, hash: hash, value: id ?? 0)
        return id ?? 0
    }
}
