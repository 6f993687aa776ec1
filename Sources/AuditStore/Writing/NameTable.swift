import Glibc

/// A map from bytes to an integer: open addressing, one arena for all bytes, no removal.
///
/// A lookup allocates nothing. Equality is by the bytes themselves, so a hash that somebody can steer costs time at
/// most, and no more than `maximumProbes` comparisons.
struct NameTable {
    private struct Entry {
        var hash: UInt64
        var value: Int64
        var offset: Int
        var length: Int32
        var kind: Int32
    }

    /// The number of entries.
    var count: Int { entries.count }
    /// The bytes of all keys.
    var byteCount: Int { arena.count }

    private let maximumProbes: Int
    private var slots: ContiguousArray<UInt32>
    private var entries: ContiguousArray<Entry> = []
    private var arena: ContiguousArray<UInt8> = []

    /// Makes an empty table.
    init(maximumProbes: Int = .max) {
        self.maximumProbes = maximumProbes
        slots = ContiguousArray(repeating: 0, count: 1_024)
    }

    /// A hash over all bytes, with a key of this process.
    @inline(__always)
    static func hash(kind: Int32, _ bytes: UnsafeRawBufferPointer) -> UInt64 {
        keyedHash(kind, bytes)
    }

    /// A hash over the length and both ends of long bytes; keyed, but equal for texts that differ in the middle.
    static func sampledHash(kind: Int32, _ bytes: UnsafeRawBufferPointer) -> UInt64 {
        guard bytes.count > 256 else { return hash(kind: kind, bytes) }
        let head = hash(kind: Int32(truncatingIfNeeded: bytes.count), UnsafeRawBufferPointer(rebasing: bytes[..<96]))
        let tail = hash(kind: kind, UnsafeRawBufferPointer(rebasing: bytes[(bytes.count - 96)...]))
        return head &* 3 ^ tail
    }

    private static let keyedHash = KeyedHash()

    /// The index of the entry with this key.
    @inline(__always)
    func index(kind: Int32, _ bytes: UnsafeRawBufferPointer, hash: UInt64) -> Int? {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        var probes = 0
        while slots[slot] != 0, probes < maximumProbes {
            let index = Int(slots[slot]) - 1
            if entries[index].hash == hash, matches(index, kind: kind, bytes) { return index }
            slot = (slot + 1) & mask
            probes += 1
        }
        return nil
    }

    /// Whether the entry at an index has this key.
    @inline(__always)
    func matches(_ index: Int, kind: Int32, _ bytes: UnsafeRawBufferPointer) -> Bool {
        let entry = entries[index]
        guard entry.kind == kind, Int(entry.length) == bytes.count else { return false }
        guard let start = bytes.baseAddress else { return true }
        return arena.withUnsafeBytes { arena in
            guard let base = arena.baseAddress else { return true }
            return memcmp(base + entry.offset, start, bytes.count) == 0
        }
    }

    /// The value of the entry at an index.
    @inline(__always)
    subscript(index: Int) -> Int64 {
        get { entries[index].value }
        set { entries[index].value = newValue }
    }

    /// Adds a key that is not in the table and returns its index; nil when its probes are used up.
    @discardableResult
    mutating func insert(kind: Int32, _ bytes: UnsafeRawBufferPointer, hash: UInt64, value: Int64) -> Int? {
        if (entries.count + 1) * 2 > slots.count { grow() }
        guard let slot = freeSlot(hash) else { return nil }
        slots[slot] = UInt32(entries.count + 1)
        entries.append(
            Entry(hash: hash, value: value, offset: arena.count, length: Int32(bytes.count), kind: kind)
        )
        arena.append(contentsOf: bytes)
        return entries.count - 1
    }

    private func freeSlot(_ hash: UInt64) -> Int? {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        var probes = 0
        while slots[slot] != 0 {
            slot = (slot + 1) & mask
            probes += 1
            if probes >= maximumProbes { return nil }
        }
        return slot
    }

    private mutating func grow() {
        slots = ContiguousArray(repeating: 0, count: slots.count * 2)
        for index in entries.indices {
            // An entry whose probes are used up at this size drops out; its key is looked up elsewhere.
            if let slot = freeSlot(entries[index].hash) { slots[slot] = UInt32(index + 1) }
        }
    }
}
