import AuditEvents
import AuditStore
import CertCore
import Glibc
import SafeText
import Synchronization

/// Reads the database for the dashboard on a thread of its own, watches it for commits, and watches the collector.
///
/// Questions wait in a queue in which a newer question of a slot replaces the older; a read that nobody waits for any
/// more is interrupted. Messages wait in `drain()`; `wake` is called when there are some.
final class QueryWorker: Sendable {
    private struct Waiting {
        var id: Int
        var question: Question
    }

    private struct Shared {
        var waiting: [Waiting] = []
        var running: Waiting?
        var reader: AuditReader?
        var outbox: [Message] = []
        /// The running question that nobody waits for any more.
        var cancelled: Int?
        var isStopping = false
        /// True when the collector is to be looked for at once.
        var isHurried = false
    }

    /// Milliseconds between two looks whether somebody committed: one `stat` while nothing happens.
    static let pollInterval: Int32 = 100
    /// The same after a commit was seen, so that a busy collector does not keep the lists reading.
    static let busyPollInterval: Int32 = 200

    private let shared = Mutex(Shared())
    private let bell: WakePipe
    private let wake: @Sendable () -> Void
    private let clock: Clock
    private let thread = Mutex<pthread_t?>(nil)

    /// Makes a worker; it begins with ``start(databasePath:collector:)``.
    init(clock: Clock, wake: @escaping @Sendable () -> Void) throws {
        guard let bell = WakePipe() else {
            throw Failure(.failed, what: "dashboard", why: "no file descriptors left", remedy: "ulimit -n")
        }
        self.bell = bell
        self.clock = clock
        self.wake = wake
    }

    /// Starts the thread.
    func start(databasePath: String, collector: CollectorWatch) throws {
        let started = DedicatedThread.start { [self] in
            var loop = WorkerLoop(databasePath: databasePath, collector: collector)
            run(&loop)
        }
        guard let started else {
            throw Failure(.failed, what: "dashboard", why: "the system has no thread left", remedy: "ulimit -u")
        }
        thread.withLock { $0 = started }
    }

    /// Stops the thread and waits for it; a running read is interrupted.
    func stop() {
        shared.withLock { shared in
            shared.isStopping = true
            shared.reader?.interrupt()
        }
        bell.wake()
        let running = thread.withLock { thread in
            defer { thread = nil }
            return thread
        }
        if let running { pthread_join(running, nil) }
    }

    /// Queues a question.
    func ask(_ question: Question, id: Int) {
        shared.withLock { shared in
            shared.waiting.removeAll { $0.question.slot == question.slot }
            shared.waiting.append(Waiting(id: id, question: question))
            if shared.running?.question.slot == question.slot { shared.reader?.interrupt() }
        }
        bell.wake()
    }

    /// Drops the question of a slot; a read that runs for it is interrupted.
    func cancel(_ slot: Slot) {
        shared.withLock { shared in
            shared.waiting.removeAll { $0.question.slot == slot }
            guard let running = shared.running, running.question.slot == slot else { return }
            shared.cancelled = running.id
            shared.reader?.interrupt()
        }
    }

    /// Looks for a collector at once.
    func retry() {
        shared.withLock { $0.isHurried = true }
        bell.wake()
    }

    /// Takes the messages that have gathered.
    func drain() -> [Message] {
        shared.withLock { shared in
            defer { shared.outbox.removeAll() }
            return shared.outbox
        }
    }

    // MARK: On the thread

    private func run(_ loop: inout WorkerLoop) {
        while !shared.withLock({ $0.isStopping }) {
            if shared.withLock({ takeHurry(&$0) }) { loop.hurry() }
            for message in loop.look(now: clock.now, uptime: Uptime.milliseconds()) { post(message) }
            shared.withLock { $0.reader = loop.reader }
            guard let next = takeNext() else {
                bell.wait(milliseconds: Self.pollInterval)
                continue
            }
            answer(next, with: loop.reader)
        }
        shared.withLock { $0.reader = nil }
    }

    private func takeHurry(_ shared: inout Shared) -> Bool {
        defer { shared.isHurried = false }
        return shared.isHurried
    }

    private func takeNext() -> Waiting? {
        shared.withLock { shared in
            guard !shared.waiting.isEmpty, !shared.isStopping else { return nil }
            let next = shared.waiting.removeFirst()
            shared.running = next
            return next
        }
    }

    private func answer(_ waiting: Waiting, with reader: AuditReader?) {
        let message: Message?
        if let reader {
            do throws(StoreError) {
                let answer = try QuestionAnswerer(reader: reader).answer(waiting.question, now: clock.now)
                message = .answer(answer, id: waiting.id, slot: waiting.question.slot)
            } catch {
                message = failure(error, waiting)
            }
        } else {
            message = .failed("the database is not open", id: waiting.id, slot: waiting.question.slot)
        }
        shared.withLock { $0.running = nil }
        if let message { post(message) }
    }

    /// An interrupted read is asked again unless its slot has a newer question.
    private func failure(_ error: StoreError, _ waiting: Waiting) -> Message? {
        guard error.code == .interrupted else {
            return .failed(SafeText(error.message), id: waiting.id, slot: waiting.question.slot)
        }
        shared.withLock { shared in
            let isReplaced = shared.waiting.contains { $0.question.slot == waiting.question.slot }
            if !isReplaced, shared.cancelled != waiting.id { shared.waiting.append(waiting) }
        }
        return nil
    }

    private func post(_ message: Message) {
        shared.withLock { $0.outbox.append(message) }
        wake()
    }
}
