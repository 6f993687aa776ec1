import Dispatch
import Synchronization

/// The bounded way from the event loop to the ingest thread.
///
/// It bounds memory without ever refusing a message: when it is full the event loop is told to stop reading the
/// connection, so that the kernel's buffer fills and the sender waits.
final class IntakeQueue: Sendable {
    private struct State {
        var messages: [IntakeMessage] = []
        var weight = 0
        var isWaiting = false
        var isStopping = false
        var isNudged = false
        var paused: [IntakePeer] = []
        var isCrowded = false
    }

    /// What a message left behind when it was worked off.
    struct Released {
        /// The connections that may be read again.
        var ready: [IntakePeer] = []
        /// True while more comes than is written: senders wait.
        var isCrowded = false
    }

    /// The most that may lie between the threads by default: a second of full load (80,000 lines of 400 bytes).
    static let largest = 32 << 20
    /// The most of one connection, so that one fast sender does not stop the others.
    static let connectionLimit = 1 << 20

    private let limit: Int
    private let state = Mutex(State())
    private let wake = DispatchSemaphore(value: 0)

    /// A queue that holds so many bytes at most, and a chunk.
    init(limit: Int = largest) {
        self.limit = limit
    }

    /// Adds a message; false when the connection must not be read until ``IntakePeer/resumeReading()``.
    func push(_ message: IntakeMessage) -> Bool {
        let (mayGoOn, mustWake) = state.withLock { state in
            state.messages.append(message)
            state.weight += message.weight
            let outstanding = message.peer.outstanding.load(ordering: .relaxed) + message.weight
            message.peer.outstanding.store(outstanding, ordering: .relaxed)
            let isFull = state.weight > limit || outstanding > Self.connectionLimit
            if isFull { state.paused.append(message.peer) }
            if state.weight > limit { state.isCrowded = true }
            defer { state.isWaiting = false }
            return (!isFull, state.isWaiting)
        }
        if mustWake { wake.signal() }
        return mayGoOn
    }

    /// Asks the ingest thread to finish.
    func requestStop() {
        let mustWake = state.withLock { state in
            state.isStopping = true
            defer { state.isWaiting = false }
            return state.isWaiting
        }
        if mustWake { wake.signal() }
    }

    /// Ends the wait of the ingest thread, or its next one: something else than a message is there for it.
    func nudge() {
        let mustWake = state.withLock { state in
            state.isNudged = true
            defer { state.isWaiting = false }
            return state.isWaiting
        }
        if mustWake { wake.signal() }
    }

    /// True once ``requestStop()`` was called.
    var isStopping: Bool { state.withLock { $0.isStopping } }

    /// True when nothing waits.
    var isEmpty: Bool { state.withLock { $0.messages.isEmpty } }

    /// How much waits: chunks, and the bytes of memory they hold.
    var depth: (messages: Int, bytes: Int) { state.withLock { ($0.messages.count, $0.weight) } }

    /// Takes all that waits; when nothing does, waits that long at most, or until a stop is asked for.
    ///
    /// While `isDraining` a stop has been asked for already and shortens nothing. Only for the ingest thread.
    func take(waitingAtMost limit: Duration, isDraining: Bool = false) -> [IntakeMessage] {
        if let messages = takeAtOnce(orWait: limit > .zero, isDraining: isDraining) { return messages }
        guard limit > .zero else { return [] }
        if wake.wait(timeout: .now() + limit.seconds) == .timedOut {
            // Somebody may have signalled between the end of the wait and the lock; that signal must be used up.
            let isLate = state.withLock { state in
                defer { state.isWaiting = false }
                return !state.isWaiting
            }
            if isLate { wake.wait() }
        }
        return takeAtOnce(orWait: false, isDraining: isDraining) ?? []
    }

    /// Gives free the room of a message that was worked off.
    func release(_ message: IntakeMessage) -> Released {
        state.withLock { state in
            state.weight -= message.weight
            let outstanding = message.peer.outstanding.load(ordering: .relaxed) - message.weight
            message.peer.outstanding.store(outstanding, ordering: .relaxed)
            if state.weight <= limit / 2 { state.isCrowded = false }
            var released = Released(isCrowded: state.isCrowded)
            guard !state.paused.isEmpty, state.weight <= limit / 2 else { return released }
            released.ready = state.paused.filter(Self.mayResume)
            state.paused.removeAll(where: Self.mayResume)
            return released
        }
    }

    /// Waits, at most that long, until a stop is asked for.
    func sleep(_ limit: Duration) {
        let mustWait = state.withLock { state in
            state.isWaiting = false
            return !state.isStopping
        }
        // Nobody signals while `isWaiting` is false: this is a plain wait that a stop need not shorten.
        if mustWait { _ = wake.wait(timeout: .now() + limit.seconds) }
    }

    private static func mayResume(_ peer: IntakePeer) -> Bool {
        peer.outstanding.load(ordering: .relaxed) <= connectionLimit / 2
    }

    private func takeAtOnce(orWait: Bool, isDraining: Bool) -> [IntakeMessage]? {
        state.withLock { state in
            if state.messages.isEmpty && !state.isNudged && (isDraining || !state.isStopping) {
                state.isWaiting = orWait
                return nil
            }
            state.isNudged = false
            defer { state.messages = [] }
            return state.messages
        }
    }
}

extension Duration {
    /// The duration in seconds, for interfaces that take floating point.
    var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) * 1e-18
    }
}
