import AuditEvents
import AuditStore
import CertCore
import Logging
import NIOCore
import SafeText

/// The ingest thread: lines in, batches to the commit thread, answers out.
///
/// Group commit: at once when the queue is empty, else at ``IngestLoop/largestBatch`` events or
/// ``IngestLoop/longestBatch``, but on a slow disk not before as much time was given to reading as the last commit took.
/// Nothing is acknowledged before the commit that holds it.
final class IngestLoop {
    /// Measured: beyond 10,000 rows a batch the writer gains nothing.
    static let largestBatch = 10_000
    /// How long an event may wait for others before it is made durable: at full rate, 10,000 events take 30 to 50 ms.
    static let longestBatch = Duration.milliseconds(50)
    /// The most a batch grows to while a slow disk makes it wait.
    static let slowDiskBatch = 40_000
    /// The most that a slow disk makes an event wait for others.
    static let slowDiskPatience = Duration.milliseconds(100)
    /// What the half lines of all connections may hold together; beyond it the oldest is given up.
    static let halfLineBudget = 64 << 20

    let queue: IntakeQueue
    let writer: AuditWriter
    let eventLoop: any EventLoop
    let logger: Logger
    let meter: IntakeMeter
    let configuration: CollectorConfiguration
    let ballast: DiskBallast
    let evidence: EvidenceKeeper
    /// What was done; published with each commit.
    var counters = IntakeCounters()
    var limiter: RateLimiter
    var refused = RefusedEvents()
    var scanner = LineScanner()
    /// What is known of the doors beside the stream socket.
    let doors = DoorState()
    var conversations: [UInt64: Conversation] = [:]
    /// The connection that a producer's acks go to: its newest.
    var owners: [Int64: Conversation] = [:]
    /// Those that the next commit answers.
    var listed: [Conversation] = []
    var outbox: [(IntakePeer, Reply)] = []
    var heldBytes = 0
    /// True when something was given to the writer that is not committed.
    var isDirty = false
    /// The commit that has begun and is not answered; its batch is under way, or failed and stays in the writer.
    var begun: BegunCommit?
    var batchBegan: ContinuousClock.Instant?
    /// How long the last commit took, up to ``slowDiskPatience``.
    var lastCommit = Duration.zero
    var rollupsDue = false
    /// True when the last attempt failed; the next one waits a second.
    var rollupsFailed = false
    var lastRollup = ContinuousClock.now
    var lastTick = ContinuousClock.now
    /// When the ledger and retention were looked after.
    var lastEvidence = ContinuousClock.now
    var memory = CalmMemory()
    /// Why nothing is taken any more: the database failed and a stop was asked for before it recovered.
    var trouble: StoreError?
    /// The time of arrival of the chunk at hand.
    var received = Timestamp.now()
    /// The same by the monotonic clock.
    var receivedInstant = ContinuousClock.now

    init(
        queue: IntakeQueue,
        writer: AuditWriter,
        meter: IntakeMeter,
        configuration: CollectorConfiguration,
        eventLoop: any EventLoop,
        logger: Logger
    ) {
        self.queue = queue
        self.writer = writer
        self.eventLoop = eventLoop
        self.logger = logger
        self.meter = meter
        self.configuration = configuration
        ballast = DiskBallast(database: configuration.databasePath, limit: configuration.ballast)
        evidence = EvidenceKeeper(
            control: configuration.control,
            configuration.evidence,
            database: configuration.databasePath,
            logger: logger
        )
        limiter = RateLimiter(limit: configuration.control.current.rateLimit)
    }

    /// Works until a stop is asked for; then drains, commits, says goodbye and closes the database.
    func run() throws {
        placeBallast()
        adoptTrust()
        while !queue.isStopping {
            turn(queue.take(waitingAtMost: patience))
        }
        drain()
        try finish()
    }

    /// How long the loop may sleep when nothing comes.
    private var patience: Duration {
        if writer.isCommitting { return .seconds(1) }
        if rollupsDue { return .milliseconds(50) }
        if memory.isHeld { return min(.seconds(1), max(.milliseconds(1), memory.wait())) }
        return heldBytes > 0 ? .seconds(1) : evidence.patience(writer)
    }

    private func turn(_ messages: [IntakeMessage]) {
        limiter.limit = configuration.control.current.rateLimit
        refreshTrust()
        var isIdle = !finishBegun(waits: false)
        for message in messages {
            isIdle = false
            received = Timestamp.now()
            receivedInstant = ContinuousClock.now
            work(message)
            let released = queue.release(message)
            resume(released.ready)
            noticeCrowd(released.isCrowded)
            finishBegun(waits: false)
            if batchIsFull { commitBeside() }
        }
        if isDirty && queue.isEmpty && !writer.isCommitting { commitBeside() }
        deliver()
        tick(isIdle: isIdle)
    }

    private func noticeCrowd(_ isCrowded: Bool) {
        guard isCrowded != (counters.state == .busy) else { return }
        enter(isCrowded ? .busy : .taking)
        deliver()
    }

    private func work(_ message: IntakeMessage) {
        // After a failure nothing may be taken: a hole in a producer's numbers would look like its own loss.
        if trouble != nil { return }
        switch message {
        case .bytes(let peer, let buffer):
            let conversation = conversation(of: peer)
            buffer.withUnsafeReadableBytes { read($0, in: conversation) }
        case .delivery(_, let delivery):
            delivery.work(in: self)
        case .ended(let peer):
            if let conversation = conversations[peer.number] {
                end(conversation)
            } else {
                outbox.append((peer, .close([])))
            }
        }
    }

    private func conversation(of peer: IntakePeer) -> Conversation {
        if let known = conversations[peer.number] { return known }
        let conversation = Conversation(peer)
        conversations[peer.number] = conversation
        return conversation
    }

    private var batchIsFull: Bool {
        guard let batchBegan else { return false }
        let (events, age) = (writer.pendingEvents, receivedInstant - batchBegan)
        if events >= Self.slowDiskBatch { return true }
        return age >= lastCommit && (events >= Self.largestBatch || age >= Self.longestBatch)
    }

    private func resume(_ peers: [IntakePeer]) {
        guard !peers.isEmpty, trouble == nil else { return }
        eventLoop.execute { for peer in peers { peer.resumeReading() } }
    }

    /// Hands the answers to the event loop, all in one go.
    func deliver() {
        guard !outbox.isEmpty else { return }
        let letters = outbox
        outbox.removeAll(keepingCapacity: true)
        eventLoop.execute { for (peer, reply) in letters { peer.deliver(reply) } }
    }

    private func tick(isIdle: Bool) {
        let now = ContinuousClock.now
        // Between batches; under full load there is no such moment by itself.
        if now - lastEvidence >= evidence.longestWait && trouble == nil { commit() }
        guard !writer.isCommitting else { return }
        if trouble == nil && !isDirty {
            lastEvidence = now
            evidence.work(writer)
        }
        let isCalm = isIdle && !rollupsFailed
        if rollupsDue && (isCalm || now - lastRollup >= .seconds(1)) { flushRollups(now) }
        memory.note(isIdle: isIdle && !isDirty && !rollupsDue, now) { writer.giveBackMemory() }
        if heldBytes > 0 && now - lastTick >= .seconds(1) {
            lastTick = now
            giveUpHalfLines(now)
        }
    }

    /// The roll-ups are derived: what cannot be written now is rebuilt later.
    private func flushRollups(_ now: ContinuousClock.Instant) {
        lastRollup = now
        do {
            try writer.flushRollups(now: .now())
            (rollupsDue, rollupsFailed) = (false, false)
        } catch {
            rollupsFailed = true
            logger.warning(
                "the roll-ups could not be written",
                metadata: ["error": "\(SafeText(String(describing: error)))"]
            )
        }
    }

    /// What peers have written is read before the end: a bare sender that has written and gone away has no other
    /// proof that its events are safe.
    ///
    /// The event loop looks at every socket between two of our visits; after so many visits without a message
    /// even what waited to be accepted has been read. A visit waits a moment, so that two visits cannot fall
    /// between two looks; twice as many as the steps of a connection (accepted, registered, read, ended) are asked
    /// for, since a busy machine may let them fall together all the same.
    private func drain() {
        let deadline = ContinuousClock.now + .seconds(2)
        var silentVisits = 0
        while silentVisits < 8 && trouble == nil && ContinuousClock.now < deadline {
            let messages = queue.take(waitingAtMost: .zero, isDraining: true)
            silentVisits = messages.isEmpty ? silentVisits + 1 : 0
            turn(messages)
            try? eventLoop.scheduleTask(in: .milliseconds(2)) {}.futureResult.wait()
        }
    }

    private func finish() throws {
        if let trouble { throw trouble }
        for conversation in conversations.values where conversation.stage != .closed {
            leave(conversation, .stopping)
            endSession(of: conversation)
        }
        commit()
        if let trouble { throw trouble }
        deliver()
        ballast.drop()
        try writer.close(now: .now())
        evidence.finish(writer)
    }
}
