import Synchronization

/// Remembers what header values were decoded to, so that a client that comes again is not parsed again.
///
/// An entry is found by a keyed hash of the whole value and then compared byte by byte: two values can never be taken for
/// each other. Only values that gave a certificate are remembered, and everything that depends on the request, the
/// peer or the clock is judged anew each time. The memory is limited, whatever clients send: the entries that were not
/// asked for lately make room. Thread-safe; requests of different certificates hardly ever wait for each other.
public final class CertificateCache: Sendable {
    /// The cache that options use unless they name another.
    public static let shared = CertificateCache()

    /// What beside the value decides what it is decoded to.
    struct Context: Hashable {
        let encoding: HeaderEncoding
        let element: XFCCElementChoice
        let allowsList: Bool
        /// How many certificates a chain header may hold; nil for a leaf header.
        let room: Int?
    }

    /// Values longer than this are not worth remembering: no proxy writes one for an ordinary certificate.
    private static let longestValue = 16_384
    private static let shardCount = 16

    private let shards: [CacheShard]

    /// Makes an empty cache.
    ///
    /// - Parameter maximumMemory: About how many bytes the entries may take together, from 64 KiB on; the default of
    ///   16 MiB is enough for some 2,000 clients.
    public init(maximumMemory: Int = 16 << 20) {
        let each = max(maximumMemory, 65_536) / Self.shardCount
        shards = (0..<Self.shardCount).map { _ in CacheShard(maximumCost: each) }
    }

    /// How many values are remembered.
    public var count: Int { shards.reduce(0) { $0 + $1.count } }

    /// About how many bytes the entries take.
    public var memory: Int { shards.reduce(0) { $0 + $1.cost } }

    /// What a value is decoded to: remembered, or made and then remembered.
    func certificates(
        _ value: String,
        _ context: Context,
        make: () throws(HeaderFailure) -> [ClientCertificate]
    ) throws(HeaderFailure) -> [ClientCertificate] {
        guard value.utf8.count <= Self.longestValue else { return try make() }
        let hash = value.utf8.withContiguousStorageIfAvailable { KeyedHash.value(of: UnsafeRawBufferPointer($0)) }
        guard let hash else { return try make() }
        let shard = shards[Int(truncatingIfNeeded: hash >> 60) & (Self.shardCount - 1)]
        if let known = shard.find(value, context, hash) { return known }
        let made = try make()
        shard.insert(value, context, hash, made)
        return made
    }
}
