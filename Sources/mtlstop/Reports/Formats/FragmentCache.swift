import AuditStore

/// Parts of records that many events share, as the bytes they were written as; by the row they depend on.
struct FragmentCache {
    /// How many bytes are kept: those of ten thousand certificates and more in most formats.
    private static let room = 6 << 20

    private let kinds: Int
    private var pool = FragmentPool(room: room)

    /// A cache of so many kinds of parts.
    init(kinds: Int) { self.kinds = kinds }

    /// The bytes of a part, to be used up before the next one is kept; nil when they were not kept.
    subscript(kind: Int, id: Int64) -> ArraySlice<UInt8>? { pool[key(kind, id)] }

    /// Keeps the bytes of a part.
    mutating func keep(_ part: some Collection<UInt8>, _ kind: Int, _ id: Int64) { pool.keep(part, key(kind, id)) }

    private func key(_ kind: Int, _ id: Int64) -> Int64 { id &* Int64(kinds) &+ Int64(kind) }
}
