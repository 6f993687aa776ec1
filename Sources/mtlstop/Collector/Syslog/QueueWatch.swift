import Glibc

/// Finds out whether the queue of a datagram socket may have been full.
///
/// The kernel tells a receiver of no loss: a sender that does not wait is refused, and that is all. But a queue holds
/// no more than came since it was last seen empty, so when less came than it holds, nothing was refused. It holds
/// `net.unix.max_dgram_qlen` + 1 datagrams, and of one sender what its send buffer (`net.core.wmem_default`) has room
/// for, bookkeeping included.
struct QueueWatch {
    /// Datagrams that the queue holds.
    let length: Int
    /// Bytes of one sender that it holds.
    let senderBytes: Int
    private var count = 0
    private var charges: [pid_t: Int] = [:]
    /// Whether the queue may have been full since ``sawEmpty()``.
    private(set) var mayHaveBeenFull = false

    /// Whether anything was taken out since ``sawEmpty()``.
    var hasTaken: Bool { count > 0 }

    init(length: Int, senderBytes: Int) {
        self.length = length
        self.senderBytes = senderBytes
    }

    /// One datagram was taken out.
    mutating func took(from sender: pid_t, bytes: Int) {
        count += 1
        let charge = charges[sender, default: 0] + Self.charge(bytes)
        charges[sender] = charge
        if count > length || charge >= senderBytes { mayHaveBeenFull = true }
    }

    /// The queue was empty a moment ago.
    mutating func sawEmpty() {
        count = 0
        charges.removeAll(keepingCapacity: true)
        mayHaveBeenFull = false
    }

    /// What the kernel charges a sender for a datagram: the data and their bookkeeping, rounded up to a power of two,
    /// and the buffer's own structure.
    static func charge(_ bytes: Int) -> Int {
        var room = 512
        while room < bytes + 320 { room *= 2 }
        return room + 256
    }
}
