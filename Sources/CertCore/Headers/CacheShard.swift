import Glibc
import Synchronization

/// One part of a ``CertificateCache`` with a lock of its own.
///
/// Entries stand in a ring. A hand goes round: it passes over an entry that was asked for since its last round, and
/// takes the place of one that was not.
final class CacheShard: Sendable {
    private struct Entry {
        let hash: UInt64
        let context: CertificateCache.Context
        let value: [UInt8]
        let certificates: [ClientCertificate]
        let cost: Int
        var wasAskedFor = false
    }

    private struct Ring {
        var slots: [Entry?] = []
        var free: [Int] = []
        var places: [UInt64: Int] = [:]
        var hand = 0
        var cost = 0
    }

    private let maximumCost: Int
    private let ring = Mutex(Ring())

    init(maximumCost: Int) {
        self.maximumCost = maximumCost
    }

    var count: Int { ring.withLock { $0.places.count } }

    var cost: Int { ring.withLock { $0.cost } }

    /// The certificates of a value; nil when it is not known.
    func find(_ value: String, _ context: CertificateCache.Context, _ hash: UInt64) -> [ClientCertificate]? {
        ring.withLock { ring in
            guard let place = ring.places[hash], let entry = ring.slots[place], entry.context == context,
                Self.same(entry.value, value)
            else { return nil }
            if !entry.wasAskedFor { ring.slots[place]?.wasAskedFor = true }
            return entry.certificates
        }
    }

    private static func same(_ bytes: [UInt8], _ text: String) -> Bool {
        guard bytes.count == text.utf8.count else { return false }
        return text.utf8.withContiguousStorageIfAvailable { text in
            bytes.withUnsafeBufferPointer { bytes in
                guard let left = bytes.baseAddress, let right = text.baseAddress else { return bytes.isEmpty }
                return memcmp(left, right, bytes.count) == 0
            }
        } ?? false
    }

    /// Remembers a value; what is too large for the shard is not remembered.
    func insert(
        _ value: String,
        _ context: CertificateCache.Context,
        _ hash: UInt64,
        _ certificates: [ClientCertificate]
    ) {
        // A parsed certificate takes about three times its DER: the bytes, the names, the strings of the fields.
        let cost = value.utf8.count + certificates.reduce(512) { $0 + 3 * $1.der.count + 1024 }
        guard cost <= maximumCost / 4 else { return }
        let entry = Entry(
            hash: hash,
            context: context,
            value: Array(value.utf8),
            certificates: certificates,
            cost: cost
        )
        ring.withLock { ring in
            if let place = ring.places[hash] { Self.empty(place, in: &ring) }
            Self.makeRoom(for: cost, in: &ring, maximum: maximumCost)
            let place = ring.free.popLast() ?? ring.slots.count
            if place == ring.slots.count { ring.slots.append(entry) } else { ring.slots[place] = entry }
            ring.places[hash] = place
            ring.cost += cost
        }
    }

    /// Takes entries out until the cost fits.
    private static func makeRoom(for cost: Int, in ring: inout Ring, maximum: Int) {
        while ring.cost + cost > maximum, !ring.places.isEmpty {
            let place = ring.hand
            ring.hand = (place + 1) % ring.slots.count
            if ring.slots[place]?.wasAskedFor == true {
                ring.slots[place]?.wasAskedFor = false
            } else {
                empty(place, in: &ring)
            }
        }
    }

    private static func empty(_ place: Int, in ring: inout Ring) {
        guard let old = ring.slots[place] else { return }
        ring.cost -= old.cost
        ring.places[old.hash] = nil
        ring.slots[place] = nil
        ring.free.append(place)
    }
}
