import CertCore
import Glibc

/// What a reporter's thread does: connect, converse, wait, again.
struct ReporterLoop {
    private let core: ReporterCore
    private var producer: String
    private var backoff = Backoff()
    private var generator = SystemRandomNumberGenerator()

    init(core: ReporterCore) {
        self.core = core
        producer = ""
        producer = core.configuration.producer?.lowercased() ?? ProducerID.random(using: &generator)
    }

    mutating func run() {
        while true {
            guard !hasToEnd(isSettled: core.withState { $0.queue.isSettled($0.queue.taken) }) else { return }
            guard let stream = UnixStream.connect(path: core.configuration.socketPath) else {
                pause(backoff.milliseconds(using: &generator))
                continue
            }
            var conversation = ReporterConversation(core: core, stream: stream, producer: producer)
            let end = conversation.run()
            core.withState { $0.isConnected = false }
            core.releaseWaiters()
            if conversation.wasGreeted { backoff.reset() }
            guard goOn(after: end) else { return }
        }
    }

    /// Prepares for the next connection; false when there shall be none.
    private mutating func goOn(after end: ReporterConversation.End) -> Bool {
        switch end {
        case .finished: return false
        case .lost: pause(backoff.milliseconds(using: &generator))
        case .postponed(let milliseconds): pause(milliseconds)
        case .misplaced:
            // Somebody else reports under this name: go on under another one, with what is not acknowledged.
            producer = ProducerID.random(using: &generator)
            core.withState { $0.queue.losePlace() }
            pause(backoff.milliseconds(using: &generator))
        }
        return true
    }

    private func hasToEnd(isSettled: Bool) -> Bool {
        guard let deadline = core.withState({ $0.deadline }) else { return false }
        return isSettled || MonotonicClock.milliseconds() >= deadline
    }

    /// Waits, but not beyond the moment the reporter was told to end by.
    private func pause(_ milliseconds: Int) {
        let end = MonotonicClock.milliseconds() + Int64(milliseconds)
        while true {
            let now = MonotonicClock.milliseconds()
            let deadline = core.withState { $0.deadline }
            let left = min(end, deadline ?? end) - now
            guard left > 0 else { return }
            var descriptor = pollfd(fd: core.pipe?.readEnd ?? -1, events: Int16(POLLIN), revents: 0)
            _ = poll(&descriptor, 1, CInt(clamping: left))
            core.pipe?.drain()
        }
    }
}
