import AuditStore
import CLinux
import CertCore
import Glibc

/// The work of the thread that empties the datagram socket; confined to it.
///
/// It never lets the socket wait for the database: what cannot be handed over is kept, up to ``backlogLimit`` bytes;
/// beyond that datagrams are thrown away, counted, and the count is stored.
final class SyslogReading {
    /// What is kept while the database is busy: seconds of 20,000 datagrams each.
    static let backlogLimit = 32 << 20
    /// What counts of losses wait for, so that a flood of them gives one row a second.
    private static let lossPause = Duration.seconds(1)

    /// How often a full set of slots is taken before the thread looks up: 4,096 datagrams.
    private static let turn = 64
    /// The turns that are taken at the end.
    private static let lastTurns = 64

    private let socket: Int32
    private let queue: IntakeQueue
    private let peer: IntakePeer
    private let access: @Sendable () -> IntakeAccess
    private let receiver: DatagramReceiver
    private var watch: QueueWatch
    private var losses = DatagramLosses()
    private var lastLoss = ContinuousClock.now
    private var backlog: [DatagramBatch] = []
    private var backlogWeight = 0
    private var mayPush = true

    init(
        _ receiver: DatagramReceiver,
        socket: Int32,
        queue: IntakeQueue,
        peer: IntakePeer,
        access: @escaping @Sendable () -> IntakeAccess
    ) {
        self.socket = socket
        self.queue = queue
        self.peer = peer
        self.access = access
        self.receiver = receiver
        watch = QueueWatch(
            length: KernelSetting.datagramQueue() ?? 10,
            senderBytes: KernelSetting.sendBuffer() ?? 212_992
        )
    }

    /// Whether losses wait to be told.
    var hasLosses: Bool { !losses.isEmpty }

    /// The ingest thread has room again.
    func resume() {
        mayPush = true
        let waiting = backlog
        backlog.removeAll()
        backlogWeight = 0
        for batch in waiting { hand(batch) }
    }

    /// Takes what waits, at most ``turn`` times what is taken with one call.
    ///
    /// - Returns: Whether the socket is empty; false in a flood.
    @discardableResult
    func readAll() -> Bool {
        let access = access()
        for _ in 0..<Self.turn {
            let count = receiver.receive(from: socket)
            guard count > 0 else {
                watch.sawEmpty()
                tellLosses(isLast: false)
                return true
            }
            var batch = DatagramBatch(received: .now())
            batch.bytes.reserveCapacity(count * 512)
            for index in 0..<count { take(index, access, into: &batch) }
            if watch.mayHaveBeenFull { losses.queueWasFull(at: batch.received) }
            let isEmpty = count < Int(DatagramReceiver.slots)
            if isEmpty { watch.sawEmpty() }
            hand(batch)
            guard !isEmpty else { break }
        }
        let isEmpty = !watch.hasTaken
        tellLosses(isLast: false)
        return isEmpty
    }

    /// Hands all over, whatever the queue holds; for the end.
    func finish() {
        // Senders that are connected may go on for ever.
        for _ in 0..<Self.lastTurns { if readAll() { break } }
        tellLosses(isLast: true)
        for batch in backlog { _ = queue.push(.delivery(peer, batch)) }
        backlog.removeAll()
    }

    private func take(_ index: Int, _ access: IntakeAccess, into batch: inout DatagramBatch) {
        receiver.withDatagram(index) { datagram, bytes in
            watch.took(from: datagram.pid, bytes: datagram.length)
            guard datagram.has_credentials, access.allows(user: datagram.uid, group: datagram.gid) else {
                return losses.refused(datagram.uid, at: batch.received)
            }
            let start = batch.bytes.count
            batch.bytes.append(contentsOf: bytes)
            batch.entries.append(
                DatagramBatch.Entry(
                    range: start..<batch.bytes.count,
                    length: datagram.length,
                    sender: PeerCredentials(pid: datagram.pid, uid: datagram.uid, gid: datagram.gid)
                )
            )
        }
    }

    private func hand(_ batch: DatagramBatch) {
        guard !batch.isEmpty else { return }
        if mayPush {
            mayPush = queue.push(.delivery(peer, batch))
        } else if backlogWeight + batch.weight <= Self.backlogLimit {
            backlog.append(batch)
            backlogWeight += batch.weight
        } else {
            losses.threwAway(batch.entries.count, at: batch.received)
        }
    }

    private func tellLosses(isLast: Bool) {
        guard !losses.isEmpty, isLast || ContinuousClock.now - lastLoss >= Self.lossPause else { return }
        lastLoss = .now
        var batch = DatagramBatch(received: .now())
        batch.losses = losses.take(watch: watch)
        // Counts are small and must not be thrown away themselves.
        if mayPush { mayPush = queue.push(.delivery(peer, batch)) } else { backlog.append(batch) }
    }
}
