import CertCore
import Dispatch
import Glibc
import Synchronization

/// The part of a reporter that its thread shares with its callers.
final class ReporterCore: Sendable {
    struct State {
        var queue: ReporterQueue
        var window = 65536
        /// The thread waits and must be woken when there is something to send.
        var isAsleep = false
        /// When to give up, in monotonic milliseconds; set when the reporter was closed.
        var deadline: Int64?
        var hasEnded = false
        var refused: UInt64 = 0
        var connections: UInt64 = 0
        var isConnected = false
        var lastNotice: String?
        var waiters: [(target: UInt64, semaphore: DispatchSemaphore)] = []
        var certificates: [String: [UInt8]] = [:]
        var certificateOrder: [String] = []
    }

    private static let certificatesKept = 256

    let configuration: AuditReporter.Configuration
    let pipe: WakePipe?
    let ended = DispatchSemaphore(value: 0)
    private let state: Mutex<State>

    init(configuration: AuditReporter.Configuration) {
        self.configuration = configuration
        pipe = WakePipe()
        let queue = ReporterQueue(capacity: configuration.capacity, byteCapacity: configuration.byteCapacity)
        state = Mutex(State(queue: queue))
    }

    /// Runs `body` with the state; nothing in it may wait.
    func withState<Result: Sendable>(_ body: (inout State) -> Result) -> Result {
        state.withLock { state in body(&state) }
    }

    func append(_ line: [UInt8], now: Timestamp) -> Bool {
        let (isTaken, mustWake) = withState { state in
            guard state.deadline == nil else {
                state.queue.drop(now: now)
                return (false, false)
            }
            let isTaken = state.queue.append(line, now: now)
            let mustWake = state.isAsleep
            state.isAsleep = false
            return (isTaken, mustWake)
        }
        if mustWake { pipe?.wake() }
        return isTaken
    }

    func remember(_ certificate: ClientCertificate) {
        let name = certificate.sha256.hex
        withState { state in
            guard state.certificates.updateValue(certificate.der, forKey: name) == nil else { return }
            state.certificateOrder.append(name)
            guard state.certificateOrder.count > Self.certificatesKept else { return }
            state.certificates[state.certificateOrder.removeFirst()] = nil
        }
    }

    var statistics: AuditReporter.Statistics {
        withState { state in
            AuditReporter.Statistics(
                queued: state.queue.count,
                acknowledged: state.queue.settled,
                dropped: state.queue.dropped,
                refused: state.refused,
                connections: state.connections,
                isConnected: state.isConnected,
                lastNotice: state.lastNotice
            )
        }
    }

    /// Waits until everything taken so far is settled, or the thread has ended.
    func flush(until deadline: Int64) -> Bool {
        let (target, waiter) = withState { state -> (UInt64, DispatchSemaphore?) in
            let target = state.queue.taken
            if state.queue.isSettled(target) || state.hasEnded { return (target, nil) }
            let semaphore = DispatchSemaphore(value: 0)
            state.waiters.append((target, semaphore))
            return (target, semaphore)
        }
        if let waiter {
            let left = max(deadline - MonotonicClock.milliseconds(), 0)
            _ = waiter.wait(timeout: .now() + .milliseconds(Int(clamping: left)))
        }
        return withState { state in
            state.waiters.removeAll { $0.semaphore === waiter }
            return state.queue.settled >= target
        }
    }

    /// Wakes those who wait for what is settled now; call it after every change of the queue by the thread.
    func releaseWaiters() {
        withState { state in
            state.waiters.removeAll { waiter in
                guard state.hasEnded || state.queue.isSettled(waiter.target) else { return false }
                waiter.semaphore.signal()
                return true
            }
        }
    }

    /// Tells the thread to end when everything is settled, or at the deadline.
    func stop(deadline: Int64) {
        withState { state in
            state.deadline = min(state.deadline ?? deadline, deadline)
            state.isAsleep = false
        }
        pipe?.wake()
    }

    func waitForEnd(until deadline: Int64) {
        let left = max(deadline - MonotonicClock.milliseconds(), 0)
        if ended.wait(timeout: .now() + .milliseconds(Int(clamping: left))) == .success { ended.signal() }
    }

    func markEnd() {
        withState { state in
            state.hasEnded = true
            state.isConnected = false
        }
        releaseWaiters()
        ended.signal()
    }

    /// Starts the thread that owns the connection; without one the reporter only counts.
    func start() {
        let core = Unmanaged.passRetained(self)
        var thread = pthread_t()
        let result = pthread_create(&thread, nil, reporterThread, core.toOpaque())
        guard result == 0 else {
            core.release()
            return markEnd()
        }
        pthread_detach(thread)
    }
}

/// The thread's entry; it holds the core, not the reporter, so that a reporter nobody holds can end it.
private func reporterThread(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let argument else { return nil }
    let core = Unmanaged<ReporterCore>.fromOpaque(argument).takeRetainedValue()
    var loop = ReporterLoop(core: core)
    loop.run()
    core.markEnd()
    return nil
}
