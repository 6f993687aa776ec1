/// Two generations of ``NameTable``: bounded memory, no bookkeeping per use, nothing forgotten within a batch.
struct NameCache {
    /// The limits of one generation.
    struct Limits {
        /// Keys of a generation.
        var count: Int
        /// Bytes of a generation's keys.
        var bytes: Int
    }

    private let limits: Limits
    private let maximumProbes: Int
    private var young: NameTable
    private var old: NameTable

    /// Makes an empty cache.
    init(limits: Limits, maximumProbes: Int = .max) {
        self.limits = limits
        self.maximumProbes = maximumProbes
        young = NameTable(maximumProbes: maximumProbes)
        old = NameTable(maximumProbes: maximumProbes)
    }

    /// The index of a key, valid until ``age()``; a key of the old generation moves into the young one.
    @inline(__always)
    mutating func index(kind: Int32, _ bytes: UnsafeRawBufferPointer, hash: UInt64) -> Int? {
        if let index = young.index(kind: kind, bytes, hash: hash) { return index }
        guard old.count > 0, let index = old.index(kind: kind, bytes, hash: hash) else { return nil }
        return young.insert(kind: kind, bytes, hash: hash, value: old[index])
    }

    /// Whether the key at an index is this one.
    @inline(__always)
    func matches(_ index: Int, kind: Int32, _ bytes: UnsafeRawBufferPointer) -> Bool {
        young.matches(index, kind: kind, bytes)
    }

    /// The value at an index.
    @inline(__always)
    subscript(index: Int) -> Int64 {
        get { young[index] }
        set { young[index] = newValue }
    }

    /// Adds a key that is not in the cache.
    @discardableResult
    mutating func insert(kind: Int32, _ bytes: UnsafeRawBufferPointer, hash: UInt64, value: Int64) -> Int? {
        young.insert(kind: kind, bytes, hash: hash, value: value)
    }

    /// Forgets the old generation when the young one is full; true when a generation changed.
    mutating func age() -> Bool {
        guard young.count >= limits.count || young.byteCount >= limits.bytes else { return false }
        old = young
        young = NameTable(maximumProbes: maximumProbes)
        return true
    }
}
