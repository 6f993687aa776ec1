import AuditStore
import CertCore

/// What the ledger's hashes cost by themselves, for benchmarks.
public enum LedgerCost {
    /// The bytes of a usual event's record: integers, two digests, the certificate, an address and a path.
    private static let record = 190

    /// The time for the leaf hashes of so many events and the nodes above them.
    public static func hashing(events: Int) -> Duration {
        var bytes = [UInt8](repeating: 0, count: record)
        var tree = MerkleFrontier()
        let begin = ContinuousClock.now
        for event in 0..<events {
            for index in 0..<8 { bytes[index + 2] = UInt8(truncatingIfNeeded: event >> (8 * index)) }
            tree.append(SHA256Digest(of: bytes))
        }
        let elapsed = ContinuousClock.now - begin
        // Looked at, so that no optimizer leaves the work out.
        precondition(tree.root != .zero)
        return elapsed
    }
}
