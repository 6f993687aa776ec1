import AuditStore

/// Parts of records that many events share, as the bytes they were written as; by the row they depend on.
struct FragmentCache {
    /// Twice so many are kept, 1 to 2 KB each.
    private static let most = 5000

    private var known: [DenseTable<[UInt8]>]

    /// A cache of so many kinds of parts.
    init(kinds: Int) {
        known = Array(repeating: DenseTable(most: Self.most), count: kinds)
    }

    /// The bytes of a part; nil when they were not kept.
    subscript(kind: Int, id: Int64) -> [UInt8]? {
        get { known[kind][id] }
        set { known[kind][id] = newValue }
    }
}
