import AuditStore

/// Those that datagrams came from: a process and the application it names are one reporter.
///
/// Bounded: those not heard of for ten minutes are forgotten, and of more than ``limit`` the one silent the longest.
struct DatagramSenders {
    private struct Key: Hashable {
        var sender: PeerCredentials
        var application: UInt64
    }

    /// How many are remembered.
    static let limit = 512
    private static let patience = Duration.seconds(600)

    private var sources: [Key: RecordSource] = [:]
    private var last: (key: Key, source: RecordSource)?

    /// The reporter of a datagram, if it is known.
    mutating func find(_ sender: PeerCredentials, _ application: UnsafeRawBufferPointer?) -> RecordSource? {
        let key = Key(sender: sender, application: Self.hash(application))
        if let last, last.key == key { return last.source }
        guard let source = sources[key] else { return nil }
        source.lastUse = .now
        last = (key, source)
        return source
    }

    /// Remembers a reporter; returns the sessions of those that are forgotten for it.
    mutating func add(
        _ source: RecordSource,
        for sender: PeerCredentials,
        _ application: UnsafeRawBufferPointer?
    ) -> [SessionID] {
        let key = Key(sender: sender, application: Self.hash(application))
        last?.source.lastUse = .now
        var gone = sources.filter { source.lastUse - $0.value.lastUse > Self.patience }
        if sources.count - gone.count >= Self.limit,
            let oldest = sources.min(by: { $0.value.lastUse < $1.value.lastUse })
        {
            gone[oldest.key] = oldest.value
        }
        for key in gone.keys { sources[key] = nil }
        sources[key] = source
        last = (key, source)
        return gone.values.map(\.session)
    }

    private static func hash(_ application: UnsafeRawBufferPointer?) -> UInt64 {
        var hasher = Hasher()
        if let application { hasher.combine(bytes: UnsafeRawBufferPointer(rebasing: application.prefix(64))) }
        return UInt64(bitPattern: Int64(hasher.finalize()))
    }
}
